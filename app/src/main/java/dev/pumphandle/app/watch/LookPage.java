package dev.pumphandle.app.watch;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A look as people and programs read it.
final class LookPage {

  /// Below this chance, a stream without a case is worth a word.
  private static final double SURPRISINGLY_QUIET = 0.01;

  private static final List<Heading> HEADINGS =
      List.of(
          Heading.whole("label"),
          Heading.whole("region"),
          Heading.whole("verdict"),
          Heading.numbers("observed"),
          Heading.numbers("expected"),
          Heading.numbers("new_hosts"),
          Heading.numbers("hosts"),
          Heading.numbers("log_only"),
          Heading.words("detail"));

  private LookPage() {}

  /// A row for each stream.
  static Grid grid(LookResult look) {
    List<List<Value>> rows = new ArrayList<>();
    for (StreamLook each : look.streams()) {
      rows.add(
          List.of(
              Value.text(each.stream().label()),
              each.stream().region().isEmpty()
                  ? Value.text("all")
                  : Value.text(each.stream().region()),
              Value.text(verdict(each)),
              Value.whole(Math.round(each.observed())),
              new Value.Decimal(AlertWords.rounded(each.expected())),
              Value.whole(each.newHosts()),
              Value.whole(each.hosts()),
              Value.whole(each.logOnly()),
              Value.text(detail(look, each))));
    }
    return Grid.of(HEADINGS, rows);
  }

  private static String verdict(StreamLook each) {
    return each.alert().isPresent() ? "ALERT" : quiet(each) ? "quiet" : "as expected";
  }

  private static boolean quiet(StreamLook each) {
    return each.observed() == 0 && each.chanceOfNone() < SURPRISINGLY_QUIET;
  }

  private static String detail(LookResult look, StreamLook each) {
    if (each.alert().isPresent()) {
      Alert alert = each.alert().get();
      return AlertWords.counted(alert) + "; " + AlertWords.hosts(alert);
    }
    if (quiet(each)) {
      return "no case for "
          + time(
              Duration.between(
                  each.lastCase().filter(last -> last.isAfter(each.from())).orElse(each.from()),
                  look.at()))
          + ", chance of that at the old rate "
          + String.format(Locale.ROOT, "%.1g", each.chanceOfNone());
    }
    return "";
  }

  /// What one must know to read the figures.
  static String footing(LookResult look) {
    String past =
        look.past().isZero()
            ? "There is no past to learn from: one case a day of each label is taken as usual"
            : "Learnt from "
                + time(look.past())
                + " before "
                + AlertWords.minute(look.begin())
                + ", per "
                + (look.inHostHours() ? "host-hour" : "day");
    return past
        + ". "
        + Words.count(look.watched(), "stream")
        + " watched; by chance alone, an alert comes once in "
        + time(look.falseAlarmEvery())
        + " over all of them, or more rarely.";
  }

  /// Everything about the look.
  static Value value(LookResult look) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("at", new Value.Moment(look.at()));
    named.put("begin", new Value.Moment(look.begin()));
    named.put("past_from", new Value.Moment(look.pastFrom()));
    named.put("exposure", Value.text(look.inHostHours() ? "host-hours" : "days"));
    named.put("days_per_false_alarm", new Value.Decimal(look.falseAlarmEvery().toHours() / 24.0));
    named.put("streams_watched", Value.whole(look.watched()));
    named.put(
        "streams",
        new Value.Several(look.streams().stream().<Value>map(LookPage::stream).toList()));
    named.put(
        "alerts",
        new Value.Several(
            look.state().alerts().stream()
                .filter(Alert::active)
                .<Value>map(AlertWords::value)
                .toList()));
    named.put(
        "new_alerts",
        new Value.Several(look.raised().stream().<Value>map(AlertWords::value).toList()));
    return new Value.Named(named);
  }

  private static Value stream(StreamLook each) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("label", Value.text(each.stream().label()));
    named.put(
        "region",
        each.stream().region().isEmpty() ? Value.MISSING : Value.text(each.stream().region()));
    named.put("from", new Value.Moment(each.from()));
    named.put("observed", new Value.Decimal(each.observed()));
    named.put("log_only", Value.whole(each.logOnly()));
    named.put("expected", new Value.Decimal(each.expected()));
    named.put("hosts", Value.whole(each.hosts()));
    named.put("new_hosts", Value.whole(each.newHosts()));
    named.put("chance_of_none", new Value.Decimal(each.chanceOfNone()));
    named.put("last_case_at", each.lastCase().<Value>map(Value.Moment::new).orElse(Value.MISSING));
    named.put(
        "alert", each.alert().<Value>map(a -> Value.text(a.fingerprint())).orElse(Value.MISSING));
    return new Value.Named(named);
  }

  /// A length of time in its largest unit that says enough.
  static String time(Duration time) {
    if (time.toHours() >= 48) {
      return Words.count(time.toDays(), "day");
    }
    return time.toMinutes() >= 120
        ? Words.count(time.toHours(), "hour")
        : Words.count(time.toMinutes(), "minute");
  }
}
