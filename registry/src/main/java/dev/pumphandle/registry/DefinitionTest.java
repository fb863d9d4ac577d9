package dev.pumphandle.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.DeathColumns;
import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// Runs the worked cases that stand in a definition's file.
public final class DefinitionTest {

  /// What one worked case came to.
  ///
  /// @param example the worked case
  /// @param found the tier it met; empty when none
  /// @param problem why it could not be run, when it could not
  public record Outcome(
      CaseDefinition.Example example, Optional<Tier> found, Optional<String> problem) {

    /// Whether it came out as it should.
    public boolean passed() {
      return problem.isEmpty() && found.equals(example.expected());
    }
  }

  private static final JsonMapper JSON = new JsonMapper();

  /// What a definition may ask for: facts, and what is worked out before there are labels.
  private static final List<Column<?>> KNOWN =
      Stream.concat(LineListSchema.stored().stream(), DeathColumns.all().stream()).toList();

  private DefinitionTest() {}

  /// Reads a file, a case definition or an exclusion, and runs its worked cases.
  ///
  /// @throws RegistryException.BadDefinition if the file cannot be used at all
  public static List<Outcome> run(Path file) throws IOException {
    String text = java.nio.file.Files.readString(file);
    DefinitionKind kind =
        text.contains("-- " + DefinitionKind.EXCLUSION.word() + ":")
            ? DefinitionKind.EXCLUSION
            : DefinitionKind.CASE;
    return run(DefinitionFile.parse(file, kind, text));
  }

  /// Runs a definition's worked cases.
  public static List<Outcome> run(CaseDefinition definition) throws IOException {
    try (DuckDBConnection engine = Engine.open("256MB", 1)) {
      try (Statement statement = engine.createStatement()) {
        statement.execute(Macros.SQL);
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (CaseDefinition.Example example : definition.examples()) {
        outcomes.add(run(engine, definition, example));
      }
      return outcomes;
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private static Outcome run(
      DuckDBConnection engine, CaseDefinition definition, CaseDefinition.Example example) {
    try (Statement statement = engine.createStatement();
        Answer answer =
            new Answer(
                statement,
                statement.executeQuery(
                    "SELECT "
                        + LabelSql.tierMet(definition)
                        + " FROM ("
                        + row(example.json())
                        + ")"))) {
      answer.next();
      Optional<Tier> found = answer.value(0).flatMap(word -> Tier.named(word.toString()));
      return new Outcome(example, found, Optional.empty());
    } catch (SQLException | IOException e) {
      return new Outcome(
          example, Optional.empty(), Optional.of(DuckMessage.firstLine(e.getMessage())));
    }
  }

  /// A query of one row: every stored column, null unless the example gives it.
  private static String row(String json) throws IOException {
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IOException("expected a JSON object, found " + e.getOriginalMessage(), e);
    }
    for (Map.Entry<String, JsonNode> each : tree.properties()) {
      String name = each.getKey();
      if (LineListSchema.column(name).filter(KNOWN::contains).isEmpty()) {
        throw new IOException("expected columns of the line list, found '" + name + "'");
      }
    }
    return "SELECT "
        + KNOWN.stream()
            .map(column -> value(column, tree.path(column.name())))
            .collect(Collectors.joining(", "));
  }

  private static String value(Column<?> column, JsonNode node) {
    String literal = "NULL";
    if (node.isContainerNode()) {
      literal = Engine.literal(node.toString()) + "::JSON";
    } else if (!node.isMissingNode() && !node.isNull()) {
      literal = Engine.literal(number(column, node.asText()));
    }
    return literal + "::" + column.type().sql() + " AS " + Engine.identifier(column.name());
  }

  /// Addresses may be written in hex, as people know them.
  private static String number(Column<?> column, String text) {
    boolean hex =
        column.type() == dev.pumphandle.linelist.ColumnType.UBIGINT && text.startsWith("0x");
    return hex ? Long.toUnsignedString(Long.parseUnsignedLong(text.substring(2), 16)) : text;
  }
}
