/// The few numerical tools that every method here stands on: logarithms with `0 log 0 = 0`, root
/// searches, and the solution of small symmetric systems. No statistics live here.
@NullMarked
package dev.pumphandle.epi.numeric;

import org.jspecify.annotations.NullMarked;
