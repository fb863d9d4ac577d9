/// What a user asks for, in the words of the command line, turned into SQL over the view `cases`.
///
/// Parsing only: nothing here opens a workspace. Every value becomes a literal that cannot end
/// early, every name must be a column.
@NullMarked
package dev.pumphandle.app.question;

import org.jspecify.annotations.NullMarked;
