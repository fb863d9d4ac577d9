package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.investigate.SelectionContrast;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.question.CaseFilter;
import dev.pumphandle.app.question.LineListColumns;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle compare A [B]`: what the one has more often than the other.
@Command(
    name = "compare",
    header = "Compare two selections: which values are more common in the first.",
    footer = {
      "",
      "Examples:",
      "  pumphandle compare label:misaligned-stack                     with all other cases",
      "  pumphandle compare label:return-to-null,region:eastus2 label:return-to-null",
      "",
      "Sorted by the lower limit of the odds ratio. q: false discovery rate over all values that",
      "could be significant at all. Crude: one value may be the shadow of another; investigate",
      "tells them apart.",
      "",
    })
public final class CompareCommand implements Verb {
  private final Session session;

  @Parameters(index = "0", paramLabel = "A", description = "A filter.")
  private String first = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "B",
      description = "A filter, less what is in A. Default: all other cases.")
  private @Nullable String second;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many rows. Default: 20.")
  private int limit = 20;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    int most = AtLeast.of(1, "--limit", limit);
    String a = CaseFilter.parse(first).toSql(LineListColumns.kinds());
    String b = second == null ? "true" : CaseFilter.parse(second).toSql(LineListColumns.kinds());
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session)) {
      SelectionContrast contrast = SelectionContrast.of(opened.list(), a, b);
      Grid grid = contrast.grid(most);
      boolean none = !grid.rows().hasNext();
      session.print(grid);
      if (none) {
        session.say(SelectionContrast.sizes(opened.list(), a, b) + " Nothing is more common in A.");
      }
      return opened.outcome();
    }
  }
}
