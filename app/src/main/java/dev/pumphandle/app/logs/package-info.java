/// Collecting what logs tell: which files, how many at a time, and what to say of them.
@NullMarked
package dev.pumphandle.app.logs;

import org.jspecify.annotations.NullMarked;
