package dev.pumphandle.registry;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text of SQL into statements, at the semicolons that DuckDB takes for ends.
///
/// Whoever decides what a statement may do must see the same statements as the engine: where this
/// and DuckDB could read a text differently, the text is refused.
///
/// Source: PostgreSQL 17 documentation §4.1 (strings, escape strings, dollar quotes, comments that
/// nest), whose lexical rules DuckDB has.
///
/// Folklore: `select E'\''; copy (select 1) to 'x.csv' -- '` passed for one statement that reads,
/// because a backslash was thought to be a letter in every string, and wrote a file into the line
/// list's directory. Test: ReadOnlySqlTest.
final class SqlPieces {

  /// A statement.
  ///
  /// @param text as it was written
  /// @param bare without strings, quoted names and comments, in which nothing counts
  record Piece(String text, String bare) {}

  private final String sql;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder bare = new StringBuilder();
  private int begin;
  private int at;

  private SqlPieces(String sql) {
    this.sql = sql;
  }

  /// The statements, empty ones left out.
  ///
  /// @throws RegistryException.BadQuery if the text does not end where a statement can, or could be
  ///   read in two ways
  static List<Piece> of(String sql) throws RegistryException {
    return new SqlPieces(sql).cut();
  }

  private List<Piece> cut() throws RegistryException {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      switch (c) {
        case ';' -> end();
        case '\'' -> quoted('\'', isEscapeString());
        case '"' -> quoted('"', false);
        case '-' -> lineComment();
        case '/' -> blockComment();
        case '$' -> dollar();
        default -> plain();
      }
    }
    end();
    return pieces;
  }

  private void plain() {
    bare.append(sql.charAt(at++));
  }

  private void end() {
    String kept = bare.toString().strip();
    if (!kept.isEmpty()) {
      pieces.add(new Piece(sql.substring(begin, at), kept));
    }
    bare.setLength(0);
    begin = ++at;
  }

  /// `E'…'`, in which a backslash makes the next letter harmless. In `name'…'` the E is none.
  private boolean isEscapeString() {
    return at > 0
        && Character.toLowerCase(sql.charAt(at - 1)) == 'e'
        && (at == 1 || !isNamePart(sql.charAt(at - 2)));
  }

  private void quoted(char quote, boolean escapes) throws RegistryException {
    int from = at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\' && escapes) {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        at++;
        bare.append(' ');
        return;
      }
    }
    throw refused("an end of what is quoted", from);
  }

  private void lineComment() {
    if (!sql.startsWith("--", at)) {
      plain();
      return;
    }
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    bare.append(' ');
  }

  private void blockComment() throws RegistryException {
    if (!sql.startsWith("/*", at)) {
      plain();
      return;
    }
    int end = sql.indexOf("*/", at + 2);
    if (end < 0) {
      throw refused("an end of the comment", at);
    }
    if (sql.substring(at + 2, end).contains("/*")) {
      throw refused("no comment within a comment", at);
    }
    at = end + 2;
    bare.append(' ');
  }

  /// `$$…$$` and `$tag$…$tag$`. A dollar that stands in a name, or before a digit, begins no quote.
  private void dollar() throws RegistryException {
    int end = at + 1;
    while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
      end++;
    }
    boolean opens = end < sql.length() && sql.charAt(end) == '$';
    if (!opens) {
      plain();
      return;
    }
    boolean inName = at > 0 && isNamePart(sql.charAt(at - 1));
    if (inName || (end > at + 1 && Character.isDigit(sql.charAt(at + 1)))) {
      throw refused("no dollars within a name", at);
    }
    String tag = sql.substring(at, end + 1);
    int close = sql.indexOf(tag, end + 1);
    if (close < 0) {
      throw refused("an end of what is quoted by " + tag, at);
    }
    at = close + tag.length();
    bare.append(' ');
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 0x7f;
  }

  private RegistryException.BadQuery refused(String expected, int where) {
    long line = sql.substring(0, where).chars().filter(c -> c == '\n').count() + 1;
    return new RegistryException.BadQuery(
        "expected "
            + expected
            + ", found '"
            + sql.substring(where, Math.min(sql.length(), where + 20)).replaceAll("\\s+", " ")
            + "' (line "
            + line
            + ")");
  }
}
