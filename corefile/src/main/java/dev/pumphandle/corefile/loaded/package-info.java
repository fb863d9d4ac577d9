/// The files behind the mappings: the main executable, its libraries, the dynamic linker, the vDSO,
/// with the build-ids that the core's own pages tell.
///
/// Does not live here: finding those files on a disk (an
/// [dev.pumphandle.corefile.loaded.Executables] is handed in), what is in them (`elf`).
@NullMarked
package dev.pumphandle.corefile.loaded;

import org.jspecify.annotations.NullMarked;
