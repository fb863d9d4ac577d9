package dev.pumphandle.app.output;

/// How many columns of a terminal a text takes, and texts cut to fit.
public final class Width {
  private Width() {}

  /// The columns that `text` takes: none for combining marks, two for East Asian wide characters,
  /// one for the rest.
  public static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      width += of(text.codePointAt(at));
    }
    return width;
  }

  /// `text`, cut to `columns` with `…` where it is longer. A path or URI keeps its beginning and
  /// its end, because what tells two of them apart stands at the end.
  public static String cut(String text, int columns) {
    if (columns <= 0) {
      return "";
    }
    if (of(text) <= columns) {
      return text;
    }
    if (columns < 8 || !(text.startsWith("/") || text.contains("://"))) {
      return head(text, columns - 1) + "…";
    }
    int front = (columns - 1) / 3;
    return head(text, front) + "…" + tail(text, columns - 1 - front);
  }

  /// `text` and blanks up to `columns`, cut when longer.
  public static String pad(String text, int columns) {
    String cut = cut(text, columns);
    return cut + " ".repeat(Math.max(0, columns - of(cut)));
  }

  private static String head(String text, int columns) {
    int width = 0;
    int at = 0;
    while (at < text.length()) {
      int next = of(text.codePointAt(at));
      if (width + next > columns) {
        break;
      }
      width += next;
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(0, at);
  }

  private static String tail(String text, int columns) {
    int width = 0;
    int at = text.length();
    while (at > 0) {
      int next = of(text.codePointBefore(at));
      if (width + next > columns) {
        break;
      }
      width += next;
      at -= Character.charCount(text.codePointBefore(at));
    }
    return text.substring(at);
  }

  private static int of(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return wide(codePoint) ? 2 : 1;
  }

  /// Source: Unicode Standard Annex #11, the blocks whose characters are all wide.
  private static boolean wide(int codePoint) {
    return (codePoint >= 0x1100 && codePoint <= 0x115f)
        || (codePoint >= 0x2e80 && codePoint <= 0xa4cf)
        || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
        || (codePoint >= 0xf900 && codePoint <= 0xfaff)
        || (codePoint >= 0xfe30 && codePoint <= 0xfe6f)
        || (codePoint >= 0xff00 && codePoint <= 0xff60)
        || (codePoint >= 0x1f300 && codePoint <= 0x1faff)
        || (codePoint >= 0x20000 && codePoint <= 0x3fffd);
  }
}
