package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.question.AnswerGrid;
import dev.pumphandle.registry.FileProblem;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The line list of the workspace that a command works in, open for as long as the command runs.
///
/// Files that cannot be used are named on standard error, and then the command ends with
/// [ExitCode#SOME_UNREADABLE]: what is shown is true, but not all there is.
final class OpenedLineList implements AutoCloseable {
  private final LineList list;

  private OpenedLineList(LineList list) {
    this.list = list;
  }

  static OpenedLineList of(Session session) throws IOException {
    return of(session, workspace(session));
  }

  static OpenedLineList of(Session session, Workspace workspace) throws IOException {
    LineList list = LineList.open(workspace);
    for (FileProblem problem : list.problems()) {
      session.say("pumphandle: " + problem.sentence());
    }
    return new OpenedLineList(list);
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

  /// The answer to a question, as a grid to be read while this is open.
  Grid grid(String sql) throws IOException {
    return AnswerGrid.of(list.ask(sql));
  }

  /// How a command ends that showed what it could.
  ExitCode outcome() {
    return list.problems().isEmpty() ? ExitCode.OK : ExitCode.SOME_UNREADABLE;
  }

  @Override
  public void close() throws IOException {
    list.close();
  }
}
