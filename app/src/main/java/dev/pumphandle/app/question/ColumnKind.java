package dev.pumphandle.app.question;

import dev.pumphandle.app.CommandException;
import java.util.Locale;

/// How values of a column are compared with what a user typed.
public enum ColumnKind {
  TEXT {
    @Override
    String compared(String column, String value) {
      if (value.contains("*")) {
        String pattern =
            value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("*", "%");
        return column + " like " + literal(pattern) + " escape '\\'";
      }
      return column + " = " + literal(value);
    }
  },
  NUMBER {
    @Override
    String compared(String column, String value) {
      if (!value.matches("[+-]?[0-9]+(\\.[0-9]+)?")) {
        throw CommandException.usage(
            "filter: " + column + ": expected a number, found '" + value + "'");
      }
      return column + " = " + value;
    }
  },
  ADDRESS {
    @Override
    String compared(String column, String value) {
      try {
        long bits =
            value.toLowerCase(Locale.ROOT).startsWith("0x")
                ? Long.parseUnsignedLong(value.substring(2), 16)
                : Long.parseUnsignedLong(value);
        return column + " = " + Long.toUnsignedString(bits) + "::ubigint";
      } catch (NumberFormatException _) {
        throw CommandException.usage(
            "filter: " + column + ": expected an address such as 0x7f00, found '" + value + "'");
      }
    }
  },
  TRUTH {
    @Override
    String compared(String column, String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "yes", "true" -> column;
        case "no", "false" -> "not " + column;
        case String other ->
            throw CommandException.usage(
                "filter: " + column + ": expected yes or no, found '" + other + "'");
      };
    }
  },
  MOMENT {
    @Override
    String compared(String column, String value) {
      return "cast(" + column + " as varchar) like " + literal(value.replace("*", "") + "%");
    }
  },
  LIST_OF_TEXT {
    @Override
    String compared(String column, String value) {
      return "list_contains(" + column + ", " + literal(value) + ")";
    }
  },
  NESTED {
    @Override
    String compared(String column, String value) {
      throw CommandException.usage(
          "filter: "
              + column
              + ": holds several values; ask for it with --where or pumphandle sql");
    }
  };

  /// The condition that `column` (already quoted) equals `value`.
  abstract String compared(String column, String value);

  /// The condition of one term, without its negation.
  String condition(FilterTerm term) {
    String column = '"' + term.column().replace("\"", "\"\"") + '"';
    return term.value().isEmpty() ? column + " is null" : compared(column, term.value());
  }

  /// A string literal of SQL that ends where the value ends.
  public static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
