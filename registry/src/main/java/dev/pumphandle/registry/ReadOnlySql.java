package dev.pumphandle.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets statements through that read, and temporary tables and views, which help to read.
///
/// The engine is in memory and reaches only the line list's own directory, so most statements could
/// do no harm; but that directory is writable, and a `COPY … TO` into it would be.
final class ReadOnlySql {

  private static final Pattern WORD = Pattern.compile("[a-z]+");

  private static final Pattern TEMPORARY =
      Pattern.compile("create\\s+(or\\s+replace\\s+)?temp(orary)?\\s+(table|view)\\s");

  private static final Set<String> READING =
      Set.of(
          "select",
          "with",
          "from",
          "describe",
          "desc",
          "show",
          "summarize",
          "pivot",
          "unpivot",
          "values",
          "table",
          "explain");

  private ReadOnlySql() {}

  /// A statement that may be run.
  ///
  /// @param reads whether it answers something; else it makes a temporary table or view
  record Checked(String sql, boolean reads) {}

  /// Refuses more than one statement, such as a condition that closes its bracket and goes on.
  static void checkOne(String sql) throws RegistryException {
    if (SqlPieces.of(sql).size() > 1) {
      throw new RegistryException.BadQuery("expected one SQL statement, found several");
    }
  }

  /// The statements of a text, in order.
  ///
  /// A table or view that is temporary is in memory and gone with the process: it writes nothing.
  ///
  /// @throws RegistryException.BadQuery if one may not be run, or none reads
  static List<Checked> checked(String sql) throws RegistryException {
    List<Checked> statements = new ArrayList<>();
    for (SqlPieces.Piece piece : SqlPieces.of(sql)) {
      statements.add(new Checked(piece.text(), reads(piece.bare())));
    }
    if (statements.isEmpty()) {
      throw new RegistryException.BadQuery("expected a SQL query, found nothing");
    }
    return statements;
  }

  private static boolean reads(String bare) throws RegistryException {
    String lower = bare.toLowerCase(Locale.ROOT);
    if (TEMPORARY.matcher(lower).lookingAt()) {
      return false;
    }
    Matcher words = WORD.matcher(lower);
    String first = words.find() ? words.group() : "";
    while (first.equals("explain") || first.equals("analyze")) {
      first = words.find() ? words.group() : "";
    }
    if (!READING.contains(first) && !bare.startsWith("(")) {
      throw new RegistryException.BadQuery(
          "expected a statement that reads (select, with, from, describe, summarize, pivot …)"
              + " or makes a temporary table, found '"
              + first
              + "'");
    }
    return true;
  }
}
