/// Many cases at once: counts by label, place and day, as values and as a page.
///
/// Counting is SQL over the line list; nothing here estimates, compares or tests.
@NullMarked
package dev.pumphandle.app.population;

import org.jspecify.annotations.NullMarked;
