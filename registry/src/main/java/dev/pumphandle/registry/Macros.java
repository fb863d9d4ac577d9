package dev.pumphandle.registry;

/// What one wants at hand in SQL at 3 a.m.
final class Macros {

  /// `hex(x)` is DuckDB's own and prints without `0x`; `addr` prints as a debugger does.
  static final String SQL =
      """
      CREATE OR REPLACE MACRO addr(x) AS '0x' || lower(to_hex(x::UBIGINT));
      CREATE OR REPLACE MACRO mod16(x) AS (x % 16)::INTEGER;
      CREATE OR REPLACE MACRO is_canonical(x) AS x < 140737488355328 OR x >= 18446603336221196288;
      CREATE OR REPLACE MACRO day(t) AS (t AT TIME ZONE 'UTC')::DATE;
      """;

  private Macros() {}
}
