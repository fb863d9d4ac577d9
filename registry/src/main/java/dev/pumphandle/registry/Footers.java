package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// Looks at the files' ends and metadata before they are let into the line list: one bad file must
/// not hide the rest.
///
/// All footers are asked for in one question, which is several times faster than one each; only
/// when DuckDB refuses that, because of one damaged file, is each asked for by itself.
final class Footers {

  private final DuckDBConnection engine;
  private final List<DataFile> usable = new ArrayList<>();
  private final List<FileProblem> problems = new ArrayList<>();

  private Footers(DuckDBConnection engine) {
    this.engine = engine;
  }

  /// Which of some files can be read, in the order given, and what is wrong with the others.
  static DataFiles.Inventory of(List<Path> files, DuckDBConnection engine) {
    Footers footers = new Footers(engine);
    footers.look(files);
    return new DataFiles.Inventory(footers.usable, footers.problems);
  }

  private void look(List<Path> files) {
    List<Path> whole = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        continue; // it was replaced, and deleted after it was listed
      }
      String shape = shape(file);
      if (shape.isEmpty()) {
        whole.add(file);
      } else {
        problems.add(new FileProblem.Damaged(file, shape));
      }
    }
    try {
      Map<String, Map<String, String>> all = entries(whole);
      for (Path file : whole) {
        judge(file, all.getOrDefault(file.toString(), Map.of()));
      }
    } catch (SQLException e) {
      for (Path file : whole) {
        alone(file);
      }
    }
  }

  private static String shape(Path file) {
    try {
      return DataFiles.shape(file);
    } catch (IOException e) {
      return "one that cannot be read: " + DuckMessage.firstLine(e.getMessage());
    }
  }

  private void alone(Path file) {
    try {
      judge(file, entries(List.of(file)).getOrDefault(file.toString(), Map.of()));
    } catch (SQLException e) {
      problems.add(
          new FileProblem.Damaged(
              file, "one that cannot be read: " + DuckMessage.firstLine(e.getMessage())));
    }
  }

  private void judge(Path file, Map<String, String> entries) {
    String text = entries.getOrDefault(ParquetFooter.SCHEMA_KEY, "");
    if (!text.matches("[0-9]{1,9}")) {
      problems.add(new FileProblem.Foreign(file));
      return;
    }
    int found = Integer.parseInt(text);
    if (found < DataFiles.LEAST_SCHEMA) {
      problems.add(new FileProblem.TooOld(file, found, DataFiles.LEAST_SCHEMA));
    } else if (found > DataFiles.currentSchema()) {
      problems.add(new FileProblem.TooNew(file, found, DataFiles.currentSchema()));
    } else {
      usable.add(
          new DataFile(
              file,
              Optional.ofNullable(entries.get(ParquetFooter.COLUMNS_KEY)),
              Optional.ofNullable(entries.get(ParquetFooter.REPLACES_KEY))
                  .map(names -> Set.of(names.split(" ", -1)))
                  .orElse(Set.of())));
    }
  }

  private Map<String, Map<String, String>> entries(List<Path> files) throws SQLException {
    if (files.isEmpty()) {
      return Map.of();
    }
    String sql =
        "SELECT file_name, decode(key), decode(value) FROM parquet_kv_metadata(["
            + files.stream().map(Engine::literal).collect(Collectors.joining(", "))
            + "]) WHERE starts_with(decode(key), 'pumphandle_')";
    Map<String, Map<String, String>> entries = new HashMap<>();
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        entries
            .computeIfAbsent(rows.getString(1), _ -> new HashMap<>())
            .put(rows.getString(2), rows.getString(3));
      }
    }
    return entries;
  }
}
