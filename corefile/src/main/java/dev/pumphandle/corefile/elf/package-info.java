/// ELF as a format: headers, program headers, and an executable or shared object opened for its
/// symbols, unwind tables and build-id.
///
/// Every number is taken for hostile; nothing is allocated by a length that the file merely claims.
///
/// Does not live here: what a core adds to ELF (`CoreFile`, `note`), which file belongs to which
/// mapping (`loaded`), relocations, DWARF, compressed sections.
@NullMarked
package dev.pumphandle.corefile.elf;

import org.jspecify.annotations.NullMarked;
