/// Lines of logs in, rows of facts out: what tells of a death in a log, and how it gets there.
///
/// The way of a line: `LineReader` passes over the bytes once and stops only at lines that hold a
/// literal of some dialect; `Framing` takes the line out of what carries it (journald, CRI, Docker,
/// syslog); a [dev.pumphandle.fieldwork.log.Dialect] opens a [dev.pumphandle.fieldwork.log.Report],
/// which takes the lines that belong to it and ends as a [dev.pumphandle.fieldwork.log.Sighting]:
/// one row of the line list.
@NullMarked
package dev.pumphandle.fieldwork.log;

import org.jspecify.annotations.NullMarked;
