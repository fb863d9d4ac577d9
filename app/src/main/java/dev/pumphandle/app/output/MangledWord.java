package dev.pumphandle.app.output;

import java.util.Map;
import java.util.Optional;

/// The words of C++ that a mangled name has in short.
///
/// Source: Itanium C++ ABI §5.1.3, "Operator Encodings"; §5.1.10, "Compression" (the standard
/// library's own).
final class MangledWord {

  private static final Map<Character, String> STANDARD =
      Map.of(
          't', "std",
          'a', "std::allocator",
          'b', "std::basic_string",
          's', "std::string",
          'i', "std::istream",
          'o', "std::ostream",
          'd', "std::iostream");

  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("nw", " new"),
          Map.entry("na", " new[]"),
          Map.entry("dl", " delete"),
          Map.entry("da", " delete[]"),
          Map.entry("aw", " co_await"),
          Map.entry("ps", "+"),
          Map.entry("ng", "-"),
          Map.entry("ad", "&"),
          Map.entry("de", "*"),
          Map.entry("co", "~"),
          Map.entry("pl", "+"),
          Map.entry("mi", "-"),
          Map.entry("ml", "*"),
          Map.entry("dv", "/"),
          Map.entry("rm", "%"),
          Map.entry("an", "&"),
          Map.entry("or", "|"),
          Map.entry("eo", "^"),
          Map.entry("aS", "="),
          Map.entry("pL", "+="),
          Map.entry("mI", "-="),
          Map.entry("mL", "*="),
          Map.entry("dV", "/="),
          Map.entry("rM", "%="),
          Map.entry("aN", "&="),
          Map.entry("oR", "|="),
          Map.entry("eO", "^="),
          Map.entry("ls", "<<"),
          Map.entry("rs", ">>"),
          Map.entry("lS", "<<="),
          Map.entry("rS", ">>="),
          Map.entry("eq", "=="),
          Map.entry("ne", "!="),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("le", "<="),
          Map.entry("ge", ">="),
          Map.entry("ss", "<=>"),
          Map.entry("nt", "!"),
          Map.entry("aa", "&&"),
          Map.entry("oo", "||"),
          Map.entry("pp", "++"),
          Map.entry("mm", "--"),
          Map.entry("cm", ","),
          Map.entry("pm", "->*"),
          Map.entry("pt", "->"),
          Map.entry("cl", "()"),
          Map.entry("ix", "[]"));

  private MangledWord() {}

  /// What of the standard library stands behind an `S`.
  static Optional<String> standard(char code) {
    return Optional.ofNullable(STANDARD.get(code));
  }

  /// The operator of a code of two letters, as it is written behind the word `operator`.
  static Optional<String> operator(String code) {
    return Optional.ofNullable(OPERATORS.get(code));
  }
}
