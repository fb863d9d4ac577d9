package dev.pumphandle.app.collect;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.stores.bucket.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came of a round.
///
/// @param tally how far it went
/// @param states rows written, by read_state
/// @param registersFrom rows written, by where their fault registers were found
/// @param unlisted places that could not be listed
/// @param traffic what was asked of object stores
/// @param bounded whether it ended because what it might cost was spent
/// @param interrupted whether it was stopped before its end
public record Summary(
    Tally tally,
    Map<String, Long> states,
    Map<String, Long> registersFrom,
    long unlisted,
    Traffic.Snapshot traffic,
    boolean bounded,
    boolean interrupted) {

  public Summary {
    states = new TreeMap<>(states);
    registersFrom = new TreeMap<>(registersFrom);
  }

  /// Inputs that gave no facts.
  public long unreadable() {
    return states.getOrDefault("unreadable", 0L) + states.getOrDefault("refused", 0L) + unlisted;
  }

  /// For a person, in a line.
  public String sentence() {
    if (tally.done() == 0 && !interrupted && states.isEmpty()) {
      return tally.passed() == 0
          ? "Found no cores to read."
          : "Nothing new: " + Words.count(tally.passed(), "core") + " known already.";
    }
    StringBuilder text = new StringBuilder();
    text.append(interrupted ? "Interrupted; stored " : "Collected ")
        .append(Words.count(tally.done(), "core"))
        .append(" in ")
        .append(time())
        .append(", ")
        .append(Words.size(tally.bytesRead()))
        .append(" read of ")
        .append(Words.size(tally.bytesStored()))
        .append(" stored");
    if (tally.passed() > 0) {
      text.append("; ").append(Words.count(tally.passed())).append(" known already");
    }
    return text.append('.').toString();
  }

  /// For a person, the rest: one line for each kind of trouble.
  public List<String> details() {
    List<String> lines = new ArrayList<>();
    if (!registersFrom.isEmpty()) {
      lines.add("Registers from: " + counts(registersFrom));
    }
    boolean trouble = states.keySet().stream().anyMatch(state -> !state.equals("complete"));
    if (trouble) {
      lines.add("Read: " + counts(states));
    }
    if (traffic.requests() > 0) {
      lines.add(requests());
      lines.add(Cost.sentence(traffic));
    }
    if (bounded) {
      lines.add("Stopped at the bound given; run it again and it goes on where it was.");
    }
    if (unlisted > 0) {
      lines.add(Words.count(unlisted, "place") + " could not be listed.");
    }
    return lines;
  }

  /// For a program.
  public Grid grid() {
    List<List<Value>> rows = new ArrayList<>();
    row(rows, "begun", tally.begun());
    row(rows, "passed", tally.passed());
    row(rows, "stored", tally.done());
    states.forEach((state, count) -> row(rows, state, count));
    registersFrom.forEach((from, count) -> row(rows, "registers_from_" + from, count));
    row(rows, "unlisted", unlisted);
    row(rows, "bytes_read", tally.bytesRead());
    row(rows, "bytes_stored", tally.bytesStored());
    if (traffic.requests() > 0) {
      row(rows, "requests_list", traffic.lists());
      row(rows, "requests_get", traffic.gets());
      row(rows, "requests_head", traffic.heads());
      row(rows, "requests_repeated", traffic.repeated());
      row(rows, "bytes_fetched", traffic.bytes());
      new TreeMap<>(traffic.bytesByClass())
          .forEach((name, bytes) -> row(rows, "bytes_fetched_" + name, bytes));
    }
    row(rows, "milliseconds", tally.elapsed().toMillis());
    return Grid.of(List.of(Heading.words("what"), Heading.numbers("count")), rows);
  }

  private String requests() {
    StringBuilder text = new StringBuilder("Asked of object stores: ");
    text.append(Words.count(traffic.lists(), "listing"))
        .append(", ")
        .append(Words.count(traffic.gets(), "read"));
    if (traffic.heads() > 0) {
      text.append(", ").append(Words.count(traffic.heads(), "look"));
    }
    text.append("; ").append(Words.size(traffic.bytes())).append(" came");
    if (traffic.repeated() > 0) {
      text.append("; ").append(Words.count(traffic.repeated())).append(" repeated after failures");
    }
    return text.append('.').toString();
  }

  private String time() {
    return tally.elapsed().toMillis() < 10_000
        ? String.format(java.util.Locale.ROOT, "%.1f s", tally.elapsed().toMillis() / 1000.0)
        : ProgressLine.duration(tally.elapsed());
  }

  private static void row(List<List<Value>> rows, String what, long count) {
    rows.add(List.of(Value.text(what), Value.whole(count)));
  }

  private static String counts(Map<String, Long> counts) {
    List<String> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add(name + " " + Words.count(count)));
    return String.join(" · ", parts);
  }
}
