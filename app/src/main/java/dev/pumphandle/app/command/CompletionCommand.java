package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import java.io.IOException;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `pumphandle completion`: a script that teaches bash and zsh the commands and options.
@Command(
    name = "completion",
    header = "Print a completion script for bash and zsh.",
    footer = {
      "",
      "Examples:",
      "  source <(pumphandle completion)                       this shell",
      "  pumphandle completion > ~/.local/share/bash-completion/completions/pumphandle",
      "",
    })
public final class CompletionCommand implements Verb {
  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The command in one session.
  public CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    session.out().append(AutoComplete.bash("pumphandle", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
