/// Races between threads as arithmetic: how often a window is hit, how wide it must be, and whether
/// the rate follows the load.
@NullMarked
package dev.pumphandle.epi.race;

import org.jspecify.annotations.NullMarked;
