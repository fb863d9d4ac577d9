package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pumphandle columns [WORD]`: what can be asked of the line list.
@Command(
    name = "columns",
    header = "Show the columns of the line list, or those whose name or meaning holds a word.",
    footer = {
      "",
      "Examples:",
      "  pumphandle columns                 all",
      "  pumphandle columns stack           those about the stack",
      "  pumphandle columns -o markdown > columns.md",
      "",
    })
public final class ColumnsCommand implements Verb {
  private static final List<Heading> HEADINGS =
      List.of(
          Heading.words("column"),
          Heading.words("type"),
          Heading.words("meaning"),
          Heading.words("unit"),
          Heading.words("source"),
          Heading.words("sensitivity"),
          Heading.words("standing"));

  private final Session session;

  @Parameters(arity = "0..1", paramLabel = "WORD", description = "A part of a name or meaning.")
  private @Nullable String word;

  /// The command in one session.
  public ColumnsCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    String asked = word == null ? "" : word.toLowerCase(Locale.ROOT);
    List<Column<?>> found =
        LineListSchema.columns().stream()
            .filter(column -> column.name().contains(asked) || meaning(column).contains(asked))
            .toList();
    if (found.isEmpty()) {
      throw CommandException.failure(
          "columns: no column has '" + asked + "' in its name or meaning");
    }
    boolean brief = session.format() == OutputFormat.TABLE && session.columns() < 160;
    int shown = brief ? 3 : HEADINGS.size();
    session.print(
        Grid.of(
            HEADINGS.subList(0, shown),
            found.stream().map(column -> row(column).subList(0, shown)).toList()));
    return ExitCode.OK;
  }

  private static String meaning(Column<?> column) {
    return column.meaning().toLowerCase(Locale.ROOT);
  }

  private static List<Value> row(Column<?> column) {
    return List.of(
        Value.text(column.name()),
        Value.text(column.type().sql()),
        Value.text(column.meaning()),
        Value.text(column.unit()),
        Value.text(column.source()),
        Value.text(column.sensitivity().name().toLowerCase(Locale.ROOT)),
        Value.text(column.standing().name().toLowerCase(Locale.ROOT)));
  }
}
