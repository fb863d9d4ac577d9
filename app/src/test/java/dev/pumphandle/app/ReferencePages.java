package dev.pumphandle.app;

import dev.pumphandle.fieldwork.fleet.ChangeTable;
import dev.pumphandle.fieldwork.fleet.HostTable;
import dev.pumphandle.linelist.ChangeColumns;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.registry.CaseDefinition;
import dev.pumphandle.registry.DefinitionKind;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.Tier;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The pages of docs/reference, written from the code that they describe.
final class ReferencePages {

  private static final String MADE =
      "<!-- Generated from the code: UPDATE_GOLDEN=1 mvn verify writes it anew. -->\n\n";

  private ReferencePages() {}

  /// Every column of the line list.
  static String columns() {
    StringBuilder page = new StringBuilder(MADE);
    page.append("# Columns of the line list\n\n")
        .append("The view `cases` has these columns, one row for each object. Names and meanings")
        .append(" are a public contract: new columns may come, none is renamed. This is schema")
        .append(" version ")
        .append(LineListSchema.VERSION)
        .append(
            ", which stands in every Parquet file. On a terminal: `pumphandle columns [WORD]`.\n\n")
        .append("*Sensitivity* says who may read it: *public* says nothing of anyone, *host* names")
        .append(" machines, *memory* comes from the dead process and may hold people's data.")
        .append(" *Standing* says who fills it: *stored* columns lie in the files, the others are")
        .append(" worked out when asked for.\n\n")
        .append("| column | type | unit | meaning | source | sensitivity | standing |\n")
        .append("|---|---|---|---|---|---|---|\n");
    for (Column<?> column : LineListSchema.columns()) {
      page.append(row(column)).append(" | ").append(word(column.standing())).append(" |\n");
    }
    return page.toString();
  }

  private static String row(Column<?> column) {
    return "| `"
        + String.join(
            " | ",
            column.name() + "`",
            column.type().sql(),
            cell(column.unit()),
            cell(column.meaning()),
            cell(column.source()),
            word(column.sensitivity()));
  }

  /// Every column of the fleet's two tables.
  static String fleet() {
    StringBuilder page = new StringBuilder(MADE);
    page.append("# Columns of the fleet\n\n")
        .append("`host_intervals` says which node lived when and with what, `changes` what was")
        .append(" changed when. Both may have any Parquet files in `data/host_intervals` and")
        .append(" `data/changes` that hold some of these columns; `pumphandle collect-fleet` and")
        .append(" `pumphandle collect-changes` write them. How:")
        .append(" [how-to/fleet.md](../how-to/fleet.md).\n");
    table(page, "host_intervals", HostColumns.all());
    shortWords(page, HostTable.shortWords());
    table(page, "changes", ChangeColumns.all());
    shortWords(page, ChangeTable.shortWords());
    return page.toString();
  }

  private static void shortWords(StringBuilder page, Map<String, String> words) {
    page.append("\nTables that are collected may use these words instead: ");
    page.append(
        words.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> "`" + each.getKey() + "` for `" + each.getValue() + "`")
            .collect(Collectors.joining(", ")));
    page.append(".\n");
  }

  private static void table(StringBuilder page, String name, List<Column<?>> columns) {
    page.append("\n## ")
        .append(name)
        .append("\n\n| column | type | unit | meaning | source | sensitivity |\n")
        .append("|---|---|---|---|---|---|\n");
    columns.forEach(column -> page.append(row(column)).append(" |\n"));
  }

  /// Every standard case definition and exclusion.
  ///
  /// @param empty a directory that does not exist yet
  static String definitions(Path empty) throws IOException {
    StringBuilder page = new StringBuilder(MADE);
    page.append("# Standard case definitions\n\n")
        .append("`pumphandle init` copies these into `cases/` and `exclusions/` of a workspace,")
        .append(" where they are yours to edit. A row gets the label of the first definition that")
        .append(
            " it meets, in this order; `other` when it meets none. An exclusion flags a row and")
        .append(" deletes nothing. A condition on a missing fact is unknown, and unknown does not")
        .append(" meet.\n");
    try (LineList list = LineList.open(Workspace.init(empty))) {
      list.caseDefinitions().forEach(definition -> append(page, definition));
      list.exclusions().forEach(definition -> append(page, definition));
    }
    return page.toString();
  }

  private static void append(StringBuilder page, CaseDefinition definition) {
    page.append("\n## ")
        .append(definition.kind() == DefinitionKind.EXCLUSION ? "Exclusion: " : "")
        .append(definition.name())
        .append("\n\n*Version ")
        .append(definition.version())
        .append(", precedence ")
        .append(definition.precedence())
        .append(".* ")
        .append(definition.prose().strip())
        .append("\n");
    for (Tier tier : Tier.values()) {
      String predicate = definition.predicates().get(tier);
      if (predicate != null) {
        page.append("\n```sql\n-- tier ")
            .append(tier.word())
            .append('\n')
            .append(predicate.strip())
            .append("\n```\n");
      }
    }
  }

  /// Every command with its help.
  static String commands(Path directory) {
    StringBuilder page = new StringBuilder(MADE);
    page.append("# Commands\n\nWhat `pumphandle COMMAND --help` prints at 100 columns.\n");
    for (String name : CommandTree.names()) {
      page.append("\n## pumphandle ")
          .append(name)
          .append("\n\n```text\n")
          .append(help(directory, name, "--help"))
          .append("```\n");
    }
    page.append("\n## Help topics\n");
    for (String topic : List.of("exit-codes", "environment", "formatting", "filters", "sql")) {
      page.append("\n### ")
          .append(topic)
          .append("\n\n```text\n")
          .append(help(directory, "help", topic))
          .append("```\n");
    }
    return page.toString();
  }

  private static String help(Path directory, String... arguments) {
    Ran ran =
        Ran.run(directory, "", new Surroundings.Screen(false, 100, false), Map.of(), arguments);
    return ran.out().strip() + "\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
