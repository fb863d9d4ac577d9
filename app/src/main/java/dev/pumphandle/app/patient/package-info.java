/// One case as a person reads it: the deciding line first, then who, the registers, the stack, the
/// frames.
///
/// Reads a row of the line list by column name and writes lines. It never opens a core: everything
/// it shows was extracted when the core was collected.
@NullMarked
package dev.pumphandle.app.patient;

import org.jspecify.annotations.NullMarked;
