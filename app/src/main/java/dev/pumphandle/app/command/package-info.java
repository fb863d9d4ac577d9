/// One class for each verb of the command line: parse, call fieldwork or registry, hand a value to
/// a renderer.
@NullMarked
package dev.pumphandle.app.command;

import org.jspecify.annotations.NullMarked;
