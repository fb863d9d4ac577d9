package dev.pumphandle.fieldwork.name;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How object names are built, in the kernel's core_pattern syntax, with `{name}` for what the
/// kernel
/// does not know: `{k8s_cluster_name}/{k8s_node_name}/core.%e.%p.%t`.
///
/// A pattern with a `/` is matched against the end of the whole name, one without against the last
/// part. What stands for a number matches digits only; a name matches as much as it can while the
/// rest still fits, so that an executable's name may hold dots. A compression suffix at the end is
/// passed over.
///
/// Source: core(5), "Naming of core dump files"; Linux v6.16 fs/coredump.c, format_corename().
public final class KeyPattern {

  private static final String COMPRESSED = "(?:\\.(?:zst|lz4|gz|xz|bz2))?";

  private final String text;
  private final Pattern pattern;
  private final List<String> fields;
  private final boolean wholeName;

  private KeyPattern(String text, Pattern pattern, List<String> fields, boolean wholeName) {
    this.text = text;
    this.pattern = pattern;
    this.fields = fields;
    this.wholeName = wholeName;
  }

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException saying where and why, if it is none
  public static KeyPattern parse(String text) {
    StringBuilder regex = new StringBuilder();
    List<String> fields = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '%') {
        if (++at == text.length()) {
          throw wrong(text, at - 1, "a letter after '%'", "the end");
        }
        char letter = text.charAt(at);
        regex.append(letter == '%' ? "%" : specifier(text, at, letter, fields));
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        String name = end < 0 ? "" : text.substring(at + 1, end);
        if (!name.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
          throw wrong(text, at, "a name in braces, such as {k8s_node_name}", "'" + name + "'");
        }
        fields.add(name);
        regex.append("([^/]+)");
        at = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    if (fields.isEmpty()) {
      throw wrong(text, 0, "at least one %… or {name}", "none");
    }
    return new KeyPattern(
        text, Pattern.compile(regex + COMPRESSED), List.copyOf(fields), text.contains("/"));
  }

  private static String specifier(String text, int at, char letter, List<String> fields) {
    Optional<CoreSpecifier> known = CoreSpecifier.of(letter);
    if (known.isEmpty()) {
      throw wrong(text, at - 1, "one of " + CoreSpecifier.letters(), "%" + letter);
    }
    fields.add("%" + letter);
    return "(" + known.get().regex() + ")";
  }

  private static IllegalArgumentException wrong(
      String text, int at, String expected, String found) {
    return new IllegalArgumentException(
        "key pattern '"
            + text
            + "': character "
            + (at + 1)
            + ": expected "
            + expected
            + ", found "
            + found);
  }

  /// What a name tells: fields as they stand in the pattern (`%e`, `k8s_node_name`) and their
  /// texts;
  /// empty when the name does not fit. A field that stands twice must hold the same both times.
  public Optional<Map<String, String>> match(String name) {
    String subject = wholeName ? name : name.substring(name.lastIndexOf('/') + 1);
    Matcher matcher = pattern.matcher(subject);
    boolean fits = matcher.matches();
    // The place that was collected may lie above or below where the pattern begins.
    for (int slash = subject.indexOf('/');
        !fits && slash >= 0;
        slash = subject.indexOf('/', slash + 1)) {
      matcher = pattern.matcher(subject.substring(slash + 1));
      fits = matcher.matches();
    }
    if (!fits) {
      return Optional.empty();
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String value = matcher.group(i + 1);
      String before = found.put(fields.get(i), value);
      if (before != null && !before.equals(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  @Override
  public String toString() {
    return text;
  }
}
