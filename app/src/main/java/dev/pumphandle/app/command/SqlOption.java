package dev.pumphandle.app.command;

import dev.pumphandle.app.Session;
import picocli.CommandLine.Option;

/// `--sql` of every command that shows numbers out of the line list: the questions instead of the
/// numbers.
///
/// The command does its work all the same, unseen; what it asked is then printed, in the order in
/// which it was asked. `pumphandle sql -` runs it.
final class SqlOption {

  @Option(
      names = "--sql",
      description = "Print the SQL behind the figures, and nothing else; pumphandle sql - runs it.")
  private boolean asked;

  /// Whether the SQL is wanted.
  boolean asked() {
    return asked;
  }

  /// Tells the session, before the line list is opened.
  void applyTo(Session session) {
    if (asked) {
      session.showOnlySql();
    }
  }
}
