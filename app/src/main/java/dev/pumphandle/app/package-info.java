/// The command line: where the process begins, what it was given, and how it ends.
///
/// The only place for standard output, exit codes and the words of error messages. No statistics,
/// no parsing of cores and no SQL of its own beyond putting a question together: commands call
/// fieldwork and registry and hand a value to a renderer.
@NullMarked
package dev.pumphandle.app;

import org.jspecify.annotations.NullMarked;
