package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;

/// The least that a whole number given with an option may be.
final class AtLeast {

  private AtLeast() {}

  /// The number given.
  ///
  /// @throws CommandException (usage) if it is less
  static int of(int least, String option, int found) {
    if (found < least) {
      throw CommandException.usage(option + ": expected at least " + least + ", found " + found);
    }
    return found;
  }
}
