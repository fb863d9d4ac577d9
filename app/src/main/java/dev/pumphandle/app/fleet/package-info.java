/// Collection of the fleet's inventory and calendar: files in, `host_intervals` and `changes` out.
@NullMarked
package dev.pumphandle.app.fleet;

import org.jspecify.annotations.NullMarked;
