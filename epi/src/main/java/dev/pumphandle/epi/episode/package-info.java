/// Records into episodes: what is counted, and the most important step of all.
@NullMarked
package dev.pumphandle.epi.episode;

import org.jspecify.annotations.NullMarked;
