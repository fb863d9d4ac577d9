/// The dead process's memory by address: bytes, or the reason why there are none.
///
/// Lives here: the index of segments, the mappings joined from segments and file map, and reads
/// over them. Absent memory is never zeros and never a neighbour's bytes.
///
/// Does not live here: what the bytes mean.
@NullMarked
package dev.pumphandle.corefile.memory;

import org.jspecify.annotations.NullMarked;
