package dev.pumphandle.app.question;

import dev.pumphandle.app.CommandException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which cases: a list of `column:value` with commas between, as in
/// `label:return-to-null,-region:eastus2`.
///
/// All terms must hold; the same column twice means either; a minus turns one round; `*` in a value
/// stands for any characters; an empty value asks for what is not known. The same words stand in
/// the addresses of web pages.
public final class CaseFilter {
  /// The names that people type for the names that OpenTelemetry gives.
  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("host", "host_name"),
          Map.entry("physical", "host_physical_id"),
          Map.entry("node", "k8s_node_name"),
          Map.entry("cluster", "k8s_cluster_name"),
          Map.entry("region", "cloud_region"),
          Map.entry("zone", "cloud_availability_zone"),
          Map.entry("version", "service_version"),
          Map.entry("exe", "process_executable_name"),
          Map.entry("build", "process_executable_build_id_gnu"),
          Map.entry("pid", "process_pid"),
          Map.entry("signal", "signal_name"),
          Map.entry("tier", "label_tier"),
          Map.entry("control", "control_arrived"),
          Map.entry("id", "case_id"));

  private final List<FilterTerm> terms;

  private CaseFilter(List<FilterTerm> terms) {
    this.terms = List.copyOf(terms);
  }

  /// The filter that a word of the command line describes.
  ///
  /// @throws CommandException (usage) where the word is none
  public static CaseFilter parse(String text) {
    List<FilterTerm> terms = new ArrayList<>();
    for (String word : split(text)) {
      boolean negated = word.startsWith("-");
      String body = negated ? word.substring(1) : word;
      int colon = body.indexOf(':');
      if (colon <= 0) {
        throw CommandException.usage(
            "filter: '" + word + "': expected column:value, as in label:return-to-null");
      }
      String column = body.substring(0, colon);
      terms.add(
          new FilterTerm(
              SHORT_NAMES.getOrDefault(column, column),
              unquoted(body.substring(colon + 1)),
              negated));
    }
    return new CaseFilter(terms);
  }

  /// The terms of this filter that speak of these columns.
  public CaseFilter about(Predicate<String> columns) {
    return new CaseFilter(terms.stream().filter(term -> columns.test(term.column())).toList());
  }

  /// The condition in SQL; `true` when there is nothing to ask.
  ///
  /// @param columns what is known of each column by name
  /// @throws CommandException (usage) where a term names no column, or a value does not suit it
  public String toSql(ColumnKinds columns) {
    Map<String, List<String>> either = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    for (FilterTerm term : terms) {
      ColumnKind kind =
          columns
              .of(term.column())
              .orElseThrow(
                  () ->
                      CommandException.usage(
                          "filter: '"
                              + term.column()
                              + "': no such column"
                              + columns
                                  .nearest(term.column())
                                  .map(n -> ", did you mean " + n + "?")
                                  .orElse("")
                              + " (pumphandle columns lists them)"));
      String condition = kind.condition(term);
      if (term.negated()) {
        all.add("(" + condition + ") is not true");
      } else {
        either.computeIfAbsent(term.column(), _ -> new ArrayList<>()).add(condition);
      }
    }
    either.values().forEach(any -> all.add(0, "(" + String.join(" or ", any) + ")"));
    return all.isEmpty() ? "true" : all.stream().collect(Collectors.joining(" and "));
  }

  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if (each == '"') {
        quoted = !quoted;
      }
      if (each == ',' && !quoted) {
        words.add(word.toString().strip());
        word.setLength(0);
      } else {
        word.append(each);
      }
    }
    if (quoted) {
      throw CommandException.usage("filter: '" + text + "': expected a closing quote, found none");
    }
    words.add(word.toString().strip());
    words.removeIf(String::isEmpty);
    return words;
  }

  private static String unquoted(String value) {
    boolean quotes = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quotes ? value.substring(1, value.length() - 1) : value;
  }
}
