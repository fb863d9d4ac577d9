package dev.pumphandle.app.watch;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// An alert in words, and as a value for programs.
final class AlertWords {

  private static final int HOSTS_NAMED = 3;

  private AlertWords() {}

  /// One sentence: what, how much more than expected, since when, where.
  static String sentence(Alert alert) {
    if (!alert.active()) {
      return "OVER  "
          + alert.stream().words()
          + ": "
          + counted(alert)
          + "; "
          + hosts(alert)
          + "; no alarm since then.";
    }
    return "ALERT  " + alert.stream().words() + ": " + counted(alert) + "; " + hosts(alert) + ".";
  }

  /// `3 cases since 2026-11-20 14:00Z, 0.03 expected`; of an alert that is over, `3 cases from
  /// 2026-11-20 14:00Z to 2026-11-21 14:00Z, 0.03 expected`.
  static String counted(Alert alert) {
    return Words.count(Math.round(alert.observed()), "case")
        + (alert.active() ? " since " : " from ")
        + minute(alert.since())
        + (alert.active() ? "" : " to " + minute(alert.lastAlarmAt()))
        + ", "
        + number(alert.expected())
        + " expected";
  }

  /// Who has it: `all 3 on BN1-0C22 (new)`, `5 hosts (2 new), most on BN1-0C22 (4)`.
  static String hosts(Alert alert) {
    List<Alert.HostCount> hosts = alert.hosts();
    if (hosts.isEmpty()) {
      return "no host known";
    }
    long fresh = hosts.stream().filter(Alert.HostCount::isNew).count();
    if (hosts.size() == 1) {
      Alert.HostCount only = hosts.getFirst();
      return "all on " + only.host() + (only.isNew() ? " (new host)" : "");
    }
    String named =
        hosts.stream()
            .limit(HOSTS_NAMED)
            .map(h -> h.host() + " (" + h.cases() + (h.isNew() ? ", new)" : ")"))
            .collect(Collectors.joining(", "));
    return Words.count(hosts.size(), "host")
        + (fresh > 0 ? ", " + fresh + " of them new" : "")
        + ": "
        + named
        + (hosts.size() > HOSTS_NAMED ? " …" : "");
  }

  /// Everything about it.
  static Value.Named value(Alert alert) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("id", Value.text(alert.fingerprint()));
    named.put("status", Value.text(alert.active() ? "firing" : "resolved"));
    named.put("label", Value.text(alert.stream().label()));
    named.put(
        "region",
        alert.stream().region().isEmpty() ? Value.MISSING : Value.text(alert.stream().region()));
    named.put("raised_at", new Value.Moment(alert.raisedAt()));
    named.put("since", new Value.Moment(alert.since()));
    named.put("last_alarm_at", new Value.Moment(alert.lastAlarmAt()));
    named.put(
        "resolved_at", alert.resolvedAt().<Value>map(Value.Moment::new).orElse(Value.MISSING));
    named.put("observed", new Value.Decimal(alert.observed()));
    named.put("expected", new Value.Decimal(alert.expected()));
    named.put("rise", new Value.Decimal(alert.rise()));
    named.put(
        "hosts",
        new Value.Several(
            alert.hosts().stream()
                .<Value>map(
                    h -> {
                      Map<String, Value> host = new LinkedHashMap<>();
                      host.put("host", Value.text(h.host()));
                      host.put("cases", Value.whole(h.cases()));
                      host.put("new", new Value.Truth(h.isNew()));
                      return new Value.Named(host);
                    })
                .toList()));
    return new Value.Named(named);
  }

  /// Alerts, one a row.
  static Grid grid(List<Alert> alerts) {
    List<Value.Named> values = alerts.stream().map(AlertWords::value).toList();
    List<Heading> headings =
        values.isEmpty()
            ? List.of()
            : values.getFirst().values().keySet().stream().map(Heading::words).toList();
    return Grid.of(headings, values.stream().map(v -> List.copyOf(v.values().values())).toList());
  }

  /// A moment to the minute (UTC).
  static String minute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ').replace(":00Z", "Z");
  }

  /// The same count as a number.
  static double rounded(double number) {
    return number >= 100
        ? Math.round(number)
        : new BigDecimal(number).round(new MathContext(2)).doubleValue();
  }

  /// A count that need not be whole, with two digits that mean something.
  static String number(double number) {
    if (number >= 100) {
      return Words.count(Math.round(number));
    }
    return String.format(
        Locale.ROOT, number >= 10 ? "%.0f" : number >= 1 ? "%.1f" : "%.2g", number);
  }
}
