/// The whole investigation: from tables of crashes and host-time to findings in the order of proof
/// (person,
/// place, time), each with what speaks for and against it.
///
/// Tables come as small integers with their dictionaries; where they come from is not known here.
@NullMarked
package dev.pumphandle.epi.investigation;

import org.jspecify.annotations.NullMarked;
