/// Crashes whose truth is known, against what the whole way from core to label makes of them. The
/// rules of examination are judged here, not in the tests of single classes.
@NullMarked
package dev.pumphandle.app.scoreboard;

import org.jspecify.annotations.NullMarked;
