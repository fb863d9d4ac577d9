package dev.pumphandle.app.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A function's name as its author wrote it, from the name that the linker knows it by: qualified,
/// without parameters and template arguments, which make a line too long to read at night. The line
/// list keeps the linker's name.
///
/// Source: Itanium C++ ABI §5.1, "External Names (a.k.a. Mangling)"; Rust's legacy mangling, which
/// is the same with a hash at the end.
public final class FunctionName {

  private static final Pattern RUST_HASH = Pattern.compile("h[0-9a-f]{16}");

  /// The name is of a form that is not read here.
  private static final class Unread extends RuntimeException {
    private Unread() {
      super("a form that is not read here", null, false, false);
    }
  }

  private final String text;
  private int at;

  private FunctionName(String text) {
    this.text = text;
  }

  /// The readable name; the name itself where it is none of C++'s, or of a form that is not read.
  public static String readable(String linkerName) {
    if (!linkerName.startsWith("_Z")) {
      return linkerName;
    }
    int dot = linkerName.indexOf('.');
    String mangled = dot < 0 ? linkerName : linkerName.substring(0, dot);
    String clone = dot < 0 ? "" : " [" + linkerName.substring(dot + 1) + "]";
    try {
      FunctionName name = new FunctionName(mangled);
      name.at = 2;
      return name.encoding() + clone;
    } catch (Unread | StringIndexOutOfBoundsException _) {
      return linkerName;
    }
  }

  /// A signature's parts, each made readable.
  public static String readableParts(String signature) {
    List<String> parts = new ArrayList<>();
    for (String part : signature.split(" \\| ", -1)) {
      parts.add(readable(part));
    }
    return String.join(" | ", parts);
  }

  private String encoding() {
    if (take("TV")) {
      return "vtable for " + name();
    }
    if (take("Th") || take("Tv")) {
      boolean virtual = text.charAt(at - 1) == 'v';
      offset();
      if (virtual) {
        offset();
      }
      return (virtual ? "virtual" : "non-virtual") + " thunk to " + encoding();
    }
    return name();
  }

  private void offset() {
    take("n");
    while (peek() != '_') {
      at++;
    }
    at++;
  }

  private String name() {
    char first = peek();
    if (first == 'N') {
      return nested();
    }
    if (first == 'Z') {
      return local();
    }
    String name = take("St") ? "std::" + unqualified("") : unqualified("");
    arguments();
    return name;
  }

  private String nested() {
    at++;
    while ("rVKRO".indexOf(peek()) >= 0) {
      at++;
    }
    List<String> parts = new ArrayList<>();
    while (!take("E")) {
      switch (peek()) {
        case 'I' -> arguments();
        case 'S' -> parts.add(standard());
        case 'T' -> throw new Unread();
        default -> parts.add(unqualified(parts.isEmpty() ? "" : parts.getLast()));
      }
    }
    return joined(parts);
  }

  private static String joined(List<String> parts) {
    if (parts.size() > 1 && RUST_HASH.matcher(parts.getLast()).matches()) {
      parts.removeLast();
      return String.join("::", parts)
          .replace("$LT$", "<")
          .replace("$GT$", ">")
          .replace("$u20$", " ")
          .replace("$u7b$", "{")
          .replace("$u7d$", "}")
          .replace("$RF$", "&")
          .replace("$C$", ",")
          .replace("..", "::");
    }
    return String.join("::", parts);
  }

  private String standard() {
    String known = MangledWord.standard(text.charAt(at + 1)).orElseThrow(Unread::new);
    at += 2;
    return known;
  }

  private String local() {
    at++;
    String outer = encoding();
    while (!take("E")) {
      type();
    }
    if (take("s")) {
      discriminator();
      return outer;
    }
    if (take("d")) {
      number();
      expect("_");
    }
    String inner = name();
    discriminator();
    return outer + "::" + inner;
  }

  private void discriminator() {
    if (at < text.length() && take("_")) {
      take("_");
      number();
      if (at < text.length()) {
        take("_");
      }
    }
  }

  private String unqualified(String enclosing) {
    take("L");
    char first = peek();
    String name;
    if (Character.isDigit(first)) {
      name = source();
    } else if (first == 'C' && Character.isDigit(text.charAt(at + 1))) {
      at += 2;
      name = last(enclosing);
    } else if (first == 'D' && Character.isDigit(text.charAt(at + 1))) {
      at += 2;
      name = "~" + last(enclosing);
    } else if (take("Ut")) {
      number();
      expect("_");
      name = "{unnamed}";
    } else if (take("Ul")) {
      while (!take("E")) {
        type();
      }
      number();
      expect("_");
      name = "{lambda}";
    } else {
      name = operator();
    }
    while (at < text.length() && take("B")) {
      source();
    }
    return name;
  }

  private static String last(String qualified) {
    return qualified.substring(
        qualified.lastIndexOf("::") < 0 ? 0 : qualified.lastIndexOf("::") + 2);
  }

  private String operator() {
    if (take("cv")) {
      type();
      return "operator T";
    }
    if (take("li")) {
      return "operator\"\" " + source();
    }
    String known = MangledWord.operator(text.substring(at, at + 2)).orElseThrow(Unread::new);
    at += 2;
    return "operator" + known;
  }

  private String source() {
    int length = number();
    if (length <= 0) {
      throw new Unread();
    }
    String name = text.substring(at, at + length);
    at += length;
    return name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name;
  }

  private void arguments() {
    if (at >= text.length() || !take("I")) {
      return;
    }
    while (!take("E")) {
      argument();
    }
  }

  private void argument() {
    if (take("J")) {
      while (!take("E")) {
        argument();
      }
    } else if (take("L")) {
      if (take("_Z")) {
        encoding();
        while (peek() != 'E') {
          type();
        }
      } else {
        type();
        while (peek() != 'E') {
          at++;
        }
      }
      expect("E");
    } else {
      type();
    }
  }

  private void type() {
    char first = peek();
    if ("PROKVCGr".indexOf(first) >= 0) {
      at++;
      type();
    } else if ("vwbcahstijlmxynofdegz".indexOf(first) >= 0) {
      at++;
    } else if (first == 'S'
        && "_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(text.charAt(at + 1)) >= 0) {
      at++;
      while (peek() != '_') {
        at++;
      }
      at++;
      arguments();
    } else if (take("St")) {
      unqualified("");
      arguments();
    } else if (first == 'S') {
      standard();
      arguments();
    } else if (first == 'T') {
      at++;
      number();
      expect("_");
      arguments();
    } else if (first == 'N' || first == 'Z' || Character.isDigit(first)) {
      name();
    } else {
      compound();
    }
  }

  private void compound() {
    if (take("F")) {
      take("Y");
      while (!take("E")) {
        if (peek() == 'R' || peek() == 'O') {
          if (text.charAt(at + 1) == 'E') {
            at++;
            continue;
          }
        }
        type();
      }
    } else if (take("A")) {
      number();
      expect("_");
      type();
    } else if (take("M")) {
      type();
      type();
    } else if (take("Dp") || take("Do")) {
      type();
    } else if (take("Dv")) {
      number();
      expect("_");
      type();
    } else if (peek() == 'D' && "dfhisacnu".indexOf(text.charAt(at + 1)) >= 0) {
      at += 2;
    } else if (take("u")) {
      source();
    } else {
      throw new Unread();
    }
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean take(String expected) {
    if (text.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  private void expect(String expected) {
    if (!take(expected)) {
      throw new Unread();
    }
  }

  /// A number without a sign; -1 where none stands.
  private int number() {
    int value = -1;
    while (at < text.length() && Character.isDigit(peek())) {
      value = (value < 0 ? 0 : value) * 10 + (peek() - '0');
      if (value > text.length()) {
        throw new Unread();
      }
      at++;
    }
    return value;
  }
}
