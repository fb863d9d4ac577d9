package dev.pumphandle.app.question;

import dev.pumphandle.app.CommandException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which cases a command is asked about: filter words, SQL, and a span of time.
public final class CaseQuestion {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILTER",
      description = "column:value with commas between, as in label:return-to-null,-region:eastus2.")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "A condition in SQL over the columns of cases.")
  private @Nullable String where;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From then on: 2025-06-03, or an age such as 30d.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
  private @Nullable String until;

  /// The condition in SQL.
  ///
  /// @param now what ages count back from
  /// @throws CommandException (usage) where a word cannot be understood
  public String condition(Instant now) {
    List<String> all = new ArrayList<>();
    String anyTime = conditionAtAnyTime();
    if (!anyTime.equals("true")) {
      all.add(anyTime);
    }
    TimeSpan span = span(now);
    span.from().ifPresent(from -> all.add("observed_at >= " + moment(from)));
    span.to().ifPresent(to -> all.add("observed_at < " + moment(to)));
    return all.isEmpty() ? "true" : String.join(" and ", all);
  }

  /// The part of the filter words that host-time can meet as well, in SQL; `true` when there is
  /// none.
  ///
  /// @param columns whether the inventory has a column of that name
  public String conditionOnHostTime(Predicate<String> columns) {
    return CaseFilter.parse(String.join(",", filters))
        .about(columns)
        .toSql(LineListColumns.kinds());
  }

  /// From when until when.
  ///
  /// @param now what ages count back from
  /// @throws CommandException (usage) where a word cannot be understood, or nothing lies between
  public TimeSpan span(Instant now) {
    TimeSpan span = new TimeSpan(bound("--since", since, now), bound("--until", until, now));
    if (span.isEmpty()) {
      throw CommandException.usage(
          "--until: expected a time after --since " + since + ", found '" + until + "'");
    }
    return span;
  }

  /// The condition in SQL without the span of time, for commands that look at nothing outside it;
  /// `true` when only a span, or nothing, was asked.
  public String conditionAtAnyTime() {
    List<String> all = new ArrayList<>();
    String filter = CaseFilter.parse(String.join(",", filters)).toSql(LineListColumns.kinds());
    if (!filter.equals("true")) {
      all.add(filter);
    }
    if (where != null) {
      all.add("(" + where + "\n)");
    }
    return all.isEmpty() ? "true" : String.join(" and ", all);
  }

  /// What was asked in SQL, as it was typed.
  public Optional<String> where() {
    return Optional.ofNullable(where);
  }

  /// Whether nothing at all was asked.
  public boolean isEmpty() {
    return filters.isEmpty() && where == null && since == null && until == null;
  }

  private static Optional<Instant> bound(String option, @Nullable String text, Instant now) {
    return Optional.ofNullable(text).map(given -> TimeBound.parse(option, given, now));
  }

  private static String moment(Instant at) {
    return "timestamptz '" + at + "'";
  }
}
