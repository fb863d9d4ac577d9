/// The list of physical hosts that shall not be used, with a day on which each entry is looked at
/// again, and
/// its renderings for those who can act on it. Commands are printed, never run.
@NullMarked
package dev.pumphandle.app.denylist;

import org.jspecify.annotations.NullMarked;
