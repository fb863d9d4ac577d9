/// Seeded chance: random streams split by replicate index, Monte Carlo over them, and the Gumbel
/// tail.
///
/// Equal seed gives equal results whatever the number of threads. Nothing here knows what is drawn.
@NullMarked
package dev.pumphandle.epi.chance;

import org.jspecify.annotations.NullMarked;
