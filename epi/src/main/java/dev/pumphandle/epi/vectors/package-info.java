/// Numeric vectors computed elsewhere, evaluated against the methods here: per group, how many
/// values
/// agree and how far the worst is off.
///
/// Reading a file is not done here: a caller parses and hands in a tree of plain values.
@NullMarked
package dev.pumphandle.epi.vectors;

import org.jspecify.annotations.NullMarked;
