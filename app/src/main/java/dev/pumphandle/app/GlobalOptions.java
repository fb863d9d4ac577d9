package dev.pumphandle.app;

import dev.pumphandle.app.output.OutputFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The root of the command line, and the options that every command takes.
@Command(
    name = "pumphandle",
    header = "Core dump epidemiology for fleets.",
    description = {
      "",
      "Reads every core dump a fleet has left, turns each into one row of facts, says which rows are the same"
          + " disease, and shows when, where and to whom it happens.",
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommandsRepeatable = false,
    footer = {
      "",
      "Begin with:",
      "  pumphandle demo                        real crashes, as a population",
      "  pumphandle init                        a workspace, here",
      "  pumphandle collect /var/lib/systemd/coredump",
      "  pumphandle label                       counts by label",
      "",
      "More: pumphandle COMMAND --help, and pumphandle help TOPIC with TOPIC one of",
      "exit-codes, environment, formatting, filters, sql.",
    })
final class GlobalOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description =
          "table, tsv, json, ndjson, csv or markdown. Default: table on a terminal, tsv in a pipe.")
  private @Nullable OutputFormat output;

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The workspace. Default: $PUMPHANDLE_WORKSPACE, else the nearest directory upwards that holds"
              + " pumphandle.toml.")
  private @Nullable String workspace;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an error, print the stack trace too.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  private boolean version;

  Optional<OutputFormat> output() {
    return Optional.ofNullable(output);
  }

  Optional<String> workspace() {
    return Optional.ofNullable(workspace);
  }

  boolean debug() {
    return debug;
  }

  /// Whether only words about the program were asked for.
  boolean onlyHelp() {
    return help || version;
  }
}
