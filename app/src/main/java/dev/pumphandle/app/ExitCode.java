package dev.pumphandle.app;

/// How the process ends. The numbers are a public contract: scripts branch on them.
public enum ExitCode {
  OK(0, "done"),
  FAILURE(1, "failed; the message says at what"),
  USAGE(2, "the command line was wrong; nothing was done"),
  SOME_UNREADABLE(
      3, "done, but some inputs could not be read; each is a row of the line list that says why"),
  REFUSED(5, "refused by a guard: what was asked would overwrite or endanger something"),
  FINDINGS(10, "done, and what was looked for was found (only where a command has --exit-code)"),
  INTERRUPTED(130, "interrupted (Ctrl-C); everything finished until then is stored");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /// The process's exit status (0 … 255).
  public int number() {
    return number;
  }

  /// What it tells the caller, as a clause.
  public String meaning() {
    return meaning;
  }
}
