/// Recurrence: what is observed of each label against what its past lets one expect, with a stated
/// rate of false alarms, told once.
@NullMarked
package dev.pumphandle.app.watch;

import org.jspecify.annotations.NullMarked;
