package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pumphandle help [TOPIC]`: a command's help, or a page about something that all commands share.
@Command(
    name = "help",
    header = "Help about a command, or about exit-codes, environment, formatting, filters, sql.",
    footer = {"", "Examples:", "  pumphandle help collect", "  pumphandle help exit-codes", ""})
public final class HelpCommand implements Verb {
  private final Session session;

  @Parameters(
      paramLabel = "TOPIC",
      arity = "0..1",
      description = "A command, or: exit-codes, environment, formatting, filters, sql.")
  private @Nullable String topic;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The command in one session.
  public HelpCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    CommandLine root = spec.root().commandLine();
    if (topic == null) {
      session.out().append(root.getUsageMessage(root.getColorScheme()));
      return ExitCode.OK;
    }
    String name = topic.toLowerCase(Locale.ROOT);
    CommandLine command = root.getSubcommands().get(name);
    if (command != null) {
      session.out().append(command.getUsageMessage(root.getColorScheme()));
      return ExitCode.OK;
    }
    HelpTopic page =
        HelpTopic.named(name)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "help: no such topic, expected a command or one of "
                            + HelpTopic.names()
                            + ", found '"
                            + topic
                            + "'"));
    session.out().append(page.text());
    return ExitCode.OK;
  }
}
