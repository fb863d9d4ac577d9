/// The sentinel's record: Pumphandle's own line in a log, read, laid out as the small core that it
/// is, and examined like one. Begin with [dev.pumphandle.fieldwork.log.sentinel.SentinelDialect].
@NullMarked
package dev.pumphandle.fieldwork.log.sentinel;

import org.jspecify.annotations.NullMarked;
