package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pumphandle init [DIR]`: a workspace.
@Command(
    name = "init",
    header = "Make a workspace: settings, the standard case definitions, and room for data.",
    description = {
      "",
      "Writes pumphandle.toml, cases/*.sql, exclusions/*.sql, queries/ and data/. Files that are there already stay"
          + " as they are. Everything but data/ belongs in version control.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle init                    here",
      "  pumphandle init crashes-of-leaf    in a new directory",
      "",
    })
public final class InitCommand implements Verb {
  private final Session session;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where. Default: here.")
  private String directory = ".";

  /// The command in one session.
  public InitCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    Path root = session.path(directory);
    if (Files.exists(root.resolve("pumphandle.toml"))) {
      throw CommandException.refused(
          "init: " + root + ": is a workspace already; its case definitions stay as they are");
    }
    Workspace workspace = Workspace.init(root);
    session.say(
        "Workspace "
            + workspace.root()
            + ": "
            + workspace.caseDefinitions().size()
            + " case definitions, "
            + workspace.exclusions().size()
            + " exclusions.");
    session.suggest(
        (directory.equals(".") ? "" : "--workspace " + Session.quoted(directory) + " ")
            + "collect /var/lib/systemd/coredump");
    return ExitCode.OK;
  }
}
