package dev.pumphandle.linelist;

/// The type of a column, as SQL sees it.
///
/// Addresses and words of memory are `UBIGINT`: unsigned, 64 bits, hex on screen. In Java they are
/// `long` and must be compared without sign.
public enum ColumnType {
  /// Text, UTF-8.
  TEXT("VARCHAR"),
  /// True or false.
  BOOLEAN("BOOLEAN"),
  /// A small number, 32 bits.
  INTEGER("INTEGER"),
  /// A number, 64 bits.
  BIGINT("BIGINT"),
  /// An address or a word of memory, 64 bits, unsigned.
  UBIGINT("UBIGINT"),
  /// A floating-point number.
  DOUBLE("DOUBLE"),
  /// A moment, microseconds since the epoch, UTC.
  TIMESTAMP("TIMESTAMP WITH TIME ZONE"),
  /// Register names to words.
  MAP_TEXT_UBIGINT("MAP(VARCHAR, UBIGINT)"),
  /// Names to texts.
  MAP_TEXT_TEXT("MAP(VARCHAR, VARCHAR)"),
  /// Several texts, in order.
  LIST_TEXT("VARCHAR[]"),
  /// Words of memory, in the order of their addresses; null in SQL, empty in Java, where a word is
  /// absent or masked.
  LIST_UBIGINT("UBIGINT[]"),
  /// Stack frames, innermost first: [FrameFact].
  LIST_FRAMES(
      "STRUCT(pc UBIGINT, function VARCHAR, file VARCHAR, \"offset\" UBIGINT, trust VARCHAR)[]"),
  /// Loaded files, by address: [ModuleFact].
  LIST_MODULES("STRUCT(path VARCHAR, build_id VARCHAR, base UBIGINT)[]");

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  /// The type's name in DuckDB's SQL and in the Parquet files that DuckDB writes.
  public String sql() {
    return sql;
  }
}
