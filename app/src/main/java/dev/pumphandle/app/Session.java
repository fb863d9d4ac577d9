package dev.pumphandle.app;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Paragraph;
import dev.pumphandle.app.output.Style;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One run of one command: what the process was given, and what the global options say about it.
public final class Session {
  private final Surroundings surroundings;
  private final GlobalOptions options = new GlobalOptions();
  private final Writer out;
  private boolean onlySql;

  Session(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8), 1 << 16);
  }

  /// What the process was given.
  public Surroundings surroundings() {
    return surroundings;
  }

  /// The options that every command takes; filled in by the parser.
  GlobalOptions options() {
    return options;
  }

  /// Where data goes. Writing throws [IOException] once the reader has gone away.
  public Writer out() {
    return onlySql ? Writer.nullWriter() : out;
  }

  /// From here on what is written goes nowhere, and the SQL of the questions asked is shown
  /// instead: by [#showSql], when they have been asked.
  public void showOnlySql() {
    onlySql = true;
  }

  /// Shows the questions that were asked, where they were wanted.
  ///
  /// @param statements each without a semicolon
  public void showSql(List<String> statements) throws IOException {
    if (onlySql) {
      for (String statement : statements) {
        out.append(statement.strip()).append(";\n\n");
      }
      out.flush();
    }
  }

  /// The format asked for; without a wish, a table for a person and tab-separated values for a
  /// program.
  public OutputFormat format() {
    return options
        .output()
        .orElse(surroundings.screen().terminal() ? OutputFormat.TABLE : OutputFormat.TSV);
  }

  /// Whether a person or a shell reads: a page of sentences is written as it is then, and as
  /// figures else.
  public boolean formatIsForReaders() {
    return switch (format()) {
      case TABLE, TSV -> true;
      case JSON, NDJSON, CSV, MARKDOWN -> false;
    };
  }

  /// Whether the format was asked for, rather than chosen by what standard output is.
  public boolean formatAsked() {
    return options.output().isPresent();
  }

  /// The width to write for (characters).
  public int columns() {
    return surroundings.screen().columns();
  }

  /// Weight and colour, as the terminal and the environment allow.
  public Style style() {
    return new Style(surroundings.screen().colour());
  }

  /// The workspace named by `--workspace` or `PUMPHANDLE_WORKSPACE`; none means: look upwards from
  /// here.
  public Optional<Path> workspaceNamed() {
    return options
        .workspace()
        .or(
            () ->
                Optional.ofNullable(surroundings.environment().get("PUMPHANDLE_WORKSPACE"))
                    .filter(name -> !name.isEmpty()))
        .map(this::path);
  }

  /// A path as the user meant it: relative to the current directory.
  public Path path(String name) {
    return surroundings.directory().resolve(name).normalize();
  }

  /// Writes a grid in the format asked for.
  public void print(Grid grid) throws IOException {
    format().renderer(columns(), surroundings.screen().colour()).render(grid, out());
  }

  /// Says a sentence to the person, never to a program that reads the data.
  public void say(String sentence) {
    surroundings.err().println(sentence);
  }

  /// Writes sentences to standard output, folded to the width of a terminal; in a pipe each is one
  /// line.
  public void tell(List<String> sentences) throws IOException {
    boolean screen = format() == OutputFormat.TABLE;
    for (String sentence : sentences) {
      for (String line : screen ? Paragraph.lines(sentence, columns()) : List.of(sentence)) {
        out().append(line).append('\n');
      }
    }
  }

  /// Suggests what to type next, when a person is watching.
  ///
  /// @param arguments what follows the program's name
  public void suggest(String arguments) {
    if (surroundings.errIsTerminal() && !onlySql) {
      surroundings.err().println("Next: " + command(arguments));
    }
  }

  /// A command to be typed after this one, in the words with which this one was called.
  ///
  /// @param arguments what follows the program's name
  public String command(String arguments) {
    String where = options.workspace().map(name -> " --workspace " + quoted(name)).orElse("");
    return surroundings.called() + where + " " + arguments;
  }

  /// A word that the shell takes as one.
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
