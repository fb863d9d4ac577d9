/// Expected counts: how many cases each cell would have if it were as crash-prone as its other
/// crashes
/// say.
@NullMarked
package dev.pumphandle.epi.baseline;

import org.jspecify.annotations.NullMarked;
