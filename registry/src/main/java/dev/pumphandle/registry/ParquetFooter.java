package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.LineListSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// What is written into the footer of every Parquet file of a workspace, as keys and values.
///
/// Source: Apache Parquet format, `FileMetaData.key_value_metadata`.
final class ParquetFooter {

  static final String SCHEMA_KEY = "pumphandle_schema_version";

  /// Files with the same fingerprint have the same columns in the same order: their schemas need
  /// not be looked at one by one.
  static final String COLUMNS_KEY = "pumphandle_columns";

  /// The files whose rows this one holds too, by name, separated by spaces.
  static final String REPLACES_KEY = "pumphandle_replaces";

  private ParquetFooter() {}

  /// Names a list of columns: 16 hex digits of the SHA-256 of their names and types.
  static String fingerprint(List<Column<?>> columns) {
    String text =
        columns.stream()
            .map(column -> column.name() + " " + column.type().sql())
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// The options of a COPY that writes such a file.
  ///
  /// @param rowGroup rows in a group; DuckDB holds one group in memory
  /// @param entries further keys and values, as SQL
  private static String options(int rowGroup, String entries) {
    return "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE "
        + rowGroup
        + ", STRING_DICTIONARY_PAGE_SIZE_LIMIT 65536, KV_METADATA {"
        + SCHEMA_KEY
        + ": '"
        + LineListSchema.VERSION
        + "'"
        + entries
        + "})";
  }

  /// The options of a COPY of rows whose columns have no fingerprint: rows of the fleet, narrow
  /// and alike, which are read all or not at all. In groups of 2,048 a million stretches of
  /// host-time took three times as long to read.
  static String options() {
    return options(122_880, "");
  }

  /// The options of a COPY of rows with these columns.
  ///
  /// @param rowGroup rows in a group
  static String options(List<Column<?>> columns, int rowGroup) {
    return options(rowGroup, ", " + COLUMNS_KEY + ": '" + fingerprint(columns) + "'");
  }

  /// The options of a COPY of rows that stand in other files too.
  ///
  /// @param replaced the names of those files
  static String options(List<Column<?>> columns, int rowGroup, Collection<String> replaced) {
    return options(
        rowGroup,
        ", "
            + COLUMNS_KEY
            + ": '"
            + fingerprint(columns)
            + "', "
            + REPLACES_KEY
            + ": "
            + Engine.literal(String.join(" ", replaced)));
  }
}
