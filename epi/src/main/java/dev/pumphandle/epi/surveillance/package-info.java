/// Is it back, is it new: charts and detectors whose rate of false alarms is known beforehand.
@NullMarked
package dev.pumphandle.epi.surveillance;

import org.jspecify.annotations.NullMarked;
