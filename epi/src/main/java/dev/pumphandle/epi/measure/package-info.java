/// Measures of the field: rates, proportions, ratios, differences, for one table or many strata,
/// each
/// with its interval and its caveats.
///
/// Nothing here throws on zero cells: what cannot be estimated is NaN and a caveat says why. No
/// searching, no multiplicity: those live in `scan` and `adjust`.
@NullMarked
package dev.pumphandle.epi.measure;

import org.jspecify.annotations.NullMarked;
