/// When it began: steps, ramps, several changes, and the start date with its interval.
@NullMarked
package dev.pumphandle.epi.onset;

import org.jspecify.annotations.NullMarked;
