package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/// Names the definition that DuckDB refuses among all that are asked at once.
final class RefusedDefinition {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private RefusedDefinition() {}

  /// What to say: the file and line of a definition that is refused by itself, else DuckDB's words.
  static IOException among(
      DuckDBConnection engine, List<List<CaseDefinition>> kinds, SQLException all) {
    for (List<CaseDefinition> definitions : kinds) {
      for (CaseDefinition definition : definitions) {
        String probe = LabelSql.verdicts(List.of(definition), "placed", "false");
        try (Statement statement = engine.createStatement()) {
          statement.execute(probe);
        } catch (SQLException e) {
          String message = DuckMessage.firstLine(e.getMessage());
          return new RegistryException.BadDefinition(
              definition.file() + ": " + lineOf(definition, message) + message);
        }
      }
    }
    return new IOException("DuckDB: " + DuckMessage.firstLine(all.getMessage()), all);
  }

  // DuckDB counts the lines of a larger query; the word that it complains of tells the line here.
  private static String lineOf(CaseDefinition definition, String message) {
    Matcher word = QUOTED.matcher(message);
    if (!word.find()) {
      return "";
    }
    try {
      List<String> lines = Files.readAllLines(Path.of(definition.file()));
      for (int at = 0; at < lines.size(); at++) {
        if (!lines.get(at).startsWith("--") && lines.get(at).contains(word.group(1))) {
          return "line " + (at + 1) + ": ";
        }
      }
      return "";
    } catch (IOException _) {
      return "";
    }
  }
}
