/// One core dump, made legible: where its bytes come from, what kind of file it is, who was running
/// in it.
///
/// Lives here: [dev.pumphandle.corefile.CoreFile] and the words every other package of this door
/// shares (byte sources and views, segments, mappings, registers, threads, anomalies, the
/// exceptions). Reading starts at `CoreFile.open`.
///
/// Does not live here: what a single note says (`note`), memory by address (`memory`), the files
/// behind the mappings (`loaded`, `elf`), signal frames, code and stacks (`signal`, `code`,
/// `stack`). Nothing in this door knows what a case is, where cores are stored, or how anything is
/// printed. It needs `java.base` only, so that others can embed it.
@NullMarked
package dev.pumphandle.corefile;

import org.jspecify.annotations.NullMarked;
