package dev.pumphandle.fieldwork.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The reports that are open in one log, by stream: each line goes to the report it belongs to, or
/// opens one.
///
/// Reports of different streams do not see each other's lines. Within one stream a report waits a
/// little for more while other lines pass: loggers write into each other.
final class OpenReports {

  /// How many lines of its stream that are not its own a report waits for.
  private static final int PATIENCE = 48;

  /// How many lines of any stream it waits for.
  private static final int PATIENCE_ALTOGETHER = 1024;

  /// The most reports open at a time: a log that opens more is hostile, and the oldest goes.
  private static final int MOST = 256;

  /// The most failures that are told of one log.
  private static final int MOST_FAILURES = 8;

  private final List<String> failures = new ArrayList<>();
  private final Companions companions = new Companions();
  private final List<Dialect> dialects;
  private final LogRow rows;
  private final LogScan.Taker taker;
  private final Map<String, List<Open>> open = new LinkedHashMap<>();
  private long offered;
  private int count;
  private long taken;

  OpenReports(List<Dialect> dialects, LogRow rows, LogScan.Taker taker) {
    this.dialects = dialects;
    this.rows = rows;
    this.taker = taker;
  }

  private static final class Open {
    final Report report;
    int foreign;
    long lastOffered;

    Open(Report report, long offered) {
      this.report = report;
      this.lastOffered = offered;
    }
  }

  /// Whether a report waits for more lines.
  boolean waiting() {
    return count > 0 || !companions.isEmpty();
  }

  /// Rows handed over.
  long taken() {
    return taken;
  }

  /// Offers a line.
  void offer(LogLine line) throws IOException {
    offered++;
    if (offered % Companions.PATIENCE == 0 && !companions.isEmpty()) {
      hand(companions.waitedEnough(offered));
    }
    if (count > 0) {
      if (offered % PATIENCE_ALTOGETHER == 0) {
        expire();
      }
      if (belongs(line)) {
        return;
      }
    }
    open(line);
  }

  private boolean belongs(LogLine line) {
    List<Open> here = open.get(line.origin().stream());
    if (here == null) {
      return false;
    }
    for (int i = here.size() - 1; i >= 0; i--) {
      Open each = here.get(i);
      switch (take(each.report, line)) {
        case MINE -> {
          each.foreign = 0;
          each.lastOffered = offered;
          return true;
        }
        case LAST -> {
          end(here, i, line.origin().stream());
          return true;
        }
        case NOT_MINE -> {
          if (++each.foreign > PATIENCE) {
            end(here, i, line.origin().stream());
          }
        }
        case OVER -> end(here, i, line.origin().stream());
      }
    }
    return false;
  }

  /// A report that fails on a line is over: one line must not end the log.
  private Report.Take take(Report report, LogLine line) {
    try {
      return report.take(line);
    } catch (RuntimeException e) {
      failed(report.getClass().getName(), line, e);
      return Report.Take.OVER;
    }
  }

  private Optional<Report> opened(Dialect dialect, LogLine line) {
    try {
      return dialect.open(line);
    } catch (RuntimeException e) {
      failed(dialect.name(), line, e);
      return Optional.empty();
    }
  }

  private void failed(String who, LogLine line, RuntimeException e) {
    if (failures.size() < MOST_FAILURES) {
      failures.add("line " + line.number() + ": " + who + " failed: " + e + "; a bug of ours");
    }
  }

  /// What failed by a fault of ours, each with its place.
  List<String> failures() {
    return List.copyOf(failures);
  }

  private void open(LogLine line) {
    for (Dialect dialect : dialects) {
      if (!holdsOne(line.text(), dialect.literals())) {
        continue;
      }
      Optional<Report> report = opened(dialect, line);
      if (report.isPresent()) {
        if (count >= MOST) {
          endOldest();
        }
        open.computeIfAbsent(line.origin().stream(), _ -> new ArrayList<>())
            .add(new Open(report.get(), offered));
        count++;
        return;
      }
    }
  }

  private static boolean holdsOne(String text, List<String> literals) {
    for (String literal : literals) {
      if (text.contains(literal)) {
        return true;
      }
    }
    return false;
  }

  private void end(List<Open> here, int at, String stream) {
    Open ended = here.remove(at);
    count--;
    if (here.isEmpty()) {
      open.remove(stream);
    }
    finish(ended, stream);
  }

  private void finish(Open ended, String stream) {
    Optional<Sighting> sighting = end(ended.report);
    if (sighting.isPresent()) {
      companions.add(stream, sighting.get(), offered);
    }
  }

  private Optional<Sighting> end(Report report) {
    try {
      return report.end();
    } catch (RuntimeException e) {
      failures.add(report.getClass().getName() + " failed at its end: " + e + "; a bug of ours");
      return Optional.empty();
    }
  }

  private void hand(List<Sighting> sightings) throws IOException {
    for (Sighting each : sightings) {
      taken++;
      taker.take(rows.of(each));
    }
  }

  private void endOldest() {
    Map.Entry<String, List<Open>> oldest = open.entrySet().iterator().next();
    end(oldest.getValue(), 0, oldest.getKey());
  }

  private void expire() {
    Iterator<Map.Entry<String, List<Open>>> streams = open.entrySet().iterator();
    while (streams.hasNext()) {
      Map.Entry<String, List<Open>> stream = streams.next();
      List<Open> here = stream.getValue();
      for (int i = here.size() - 1; i >= 0; i--) {
        if (offered - here.get(i).lastOffered > PATIENCE_ALTOGETHER) {
          count--;
          finish(here.remove(i), stream.getKey());
        }
      }
      if (here.isEmpty()) {
        streams.remove();
      }
    }
  }

  /// Takes a death that is told without lines.
  void told(Sighting sighting) throws IOException {
    hand(List.of(sighting));
  }

  /// Ends all of them: the log is at its end.
  void close() throws IOException {
    open.forEach((stream, here) -> here.forEach(each -> finish(each, stream)));
    open.clear();
    count = 0;
    hand(companions.all());
  }
}
