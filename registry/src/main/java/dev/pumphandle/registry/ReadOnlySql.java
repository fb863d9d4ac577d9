package dev.pumphandle.registry;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets one reading statement through.
///
/// The engine is in memory and reaches only the line list's own directory, so most statements could
/// do no harm; but that directory is writable, and a `COPY … TO` into it would be.
final class ReadOnlySql {

  /// Strings, quoted names and comments, in which nothing counts.
  private static final Pattern OPAQUE =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|(?s:/\\*.*?\\*/)|(?s:(\\$\\w*\\$).*?\\1)");

  private static final Pattern WORD = Pattern.compile("[a-z]+");

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

  static String checked(String sql) throws RegistryException {
    String bare = OPAQUE.matcher(sql).replaceAll(" ").strip();
    while (bare.endsWith(";")) {
      bare = bare.substring(0, bare.length() - 1).strip();
    }
    if (bare.isEmpty()) {
      throw new RegistryException.BadQuery("expected a SQL query, found nothing");
    }
    if (bare.contains(";")) {
      throw new RegistryException.BadQuery("expected one SQL statement, found several");
    }
    Matcher words = WORD.matcher(bare.toLowerCase(Locale.ROOT));
    String first = words.find() ? words.group() : "";
    while (first.equals("explain") || first.equals("analyze")) {
      first = words.find() ? words.group() : "";
    }
    if (!READING.contains(first) && !bare.startsWith("(")) {
      throw new RegistryException.BadQuery(
          "expected a statement that reads (select, with, from, describe, summarize, pivot …),"
              + " found '"
              + first
              + "'");
    }
    return sql;
  }
}
