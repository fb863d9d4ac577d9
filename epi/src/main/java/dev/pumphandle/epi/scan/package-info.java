/// Searching for who has more cases than expected: over attributes, pairs, trees and time windows,
/// with
/// the Monte Carlo of the maximum, one finding explained by another, and the trace of a host.
///
/// Expected counts come from `baseline`, or from other crashes. No SQL, no names of hosts:
/// attributes
/// are small integers here, and the caller keeps the dictionary.
@NullMarked
package dev.pumphandle.epi.scan;

import org.jspecify.annotations.NullMarked;
