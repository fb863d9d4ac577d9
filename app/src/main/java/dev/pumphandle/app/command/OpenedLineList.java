package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.question.AnswerGrid;
import dev.pumphandle.app.question.CaseQuestion;
import dev.pumphandle.registry.FileProblem;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.RegistryException;
import dev.pumphandle.registry.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The line list of the workspace that a command works in, open for as long as the command runs.
///
/// Files that cannot be used are named on standard error, and then the command ends with
/// [ExitCode#SOME_UNREADABLE]: what is shown is true, but not all there is.
final class OpenedLineList implements AutoCloseable {
  private final Session session;
  private final LineList list;

  private OpenedLineList(Session session, LineList list) {
    this.session = session;
    this.list = list;
  }

  static OpenedLineList of(Session session) throws IOException {
    return of(session, asked(session));
  }

  /// The workspace to ask: as any command finds it, else the one whose path another program writes
  /// to this one, as `simulate` does.
  ///
  /// A pipe is read last: within a loop of the shell, standard input is the loop's.
  private static Workspace asked(Session session) throws IOException {
    try {
      return workspace(session);
    } catch (RegistryException.NoWorkspace none) {
      if (session.workspaceNamed().isPresent() || !session.surroundings().inIsPipe()) {
        throw none;
      }
      String path =
          new BufferedReader(
                  new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8))
              .lines()
              .filter(line -> !line.isBlank())
              .findFirst()
              .orElseThrow(() -> none);
      Workspace piped = Workspace.open(session.path(path.strip()));
      session.say("In the workspace " + piped.root() + ".");
      return piped;
    }
  }

  static OpenedLineList of(Session session, Workspace workspace) throws IOException {
    LineList list = LineList.open(workspace);
    for (FileProblem problem : list.problems()) {
      session.say("pumphandle: " + problem.sentence());
    }
    return new OpenedLineList(session, list);
  }

  /// The workspace named by option or environment, else the one that the current directory is in.
  static Workspace workspace(Session session) throws IOException {
    Optional<Path> named = session.workspaceNamed();
    return named.isPresent()
        ? Workspace.open(named.get())
        : Workspace.find(session.surroundings().directory());
  }

  LineList list() {
    return list;
  }

  /// The line list for a question, whose `--where` is refused by its name where DuckDB does not
  /// understand it: within larger SQL nobody would know which words are meant.
  static OpenedLineList of(Session session, CaseQuestion question) throws IOException {
    OpenedLineList opened = of(session);
    Optional<String> where = question.where();
    if (where.isPresent()) {
      try {
        opened.list.understand(where.get());
      } catch (RegistryException.BadQuery e) {
        opened.list.close();
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        throw CommandException.usage("--where: '" + where.get() + "': " + why);
      }
    }
    return opened;
  }

  /// The answer to a question, as a grid to be read while this is open.
  Grid grid(String sql) throws IOException {
    return AnswerGrid.of(list.ask(sql));
  }

  /// The condition that a case has a label.
  ///
  /// @throws CommandException (usage) if no case definition gives that label
  String labelled(String label) {
    List<String> labels = list.labels();
    if (!labels.contains(label)) {
      throw CommandException.usage(
          "--label: '" + label + "': expected one of " + String.join(", ", labels));
    }
    return "label = '" + label + "'";
  }

  /// How a command ends that showed what it could.
  ExitCode outcome() {
    return list.problems().isEmpty() ? ExitCode.OK : ExitCode.SOME_UNREADABLE;
  }

  @Override
  public void close() throws IOException {
    try (list) {
      session.showSql(list.asked());
    }
  }
}
