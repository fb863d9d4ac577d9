package dev.pumphandle.app.watch;

import dev.pumphandle.epi.surveillance.EDetector;
import dev.pumphandle.epi.surveillance.StreamWatch;
import dev.pumphandle.registry.LineList;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One look at the line list: what is observed of each stream against what its past lets one
/// expect.
///
/// Time is cut into bins of 24 hours that begin where the watch of a stream begins; the last of
/// them has only begun. After an alarm a stream starts anew; what was under alert is left out of
/// the past that it learns from.
final class Look {

  private static final Duration BIN = Duration.ofHours(24);

  /// Where a stream expects less than this, and has nothing, it is not shown.
  private static final double WORTH_SHOWING = 0.5;

  private final LineList list;
  private final WatchPlan plan;
  private final Instant now;
  private final WatchState before;

  Look(LineList list, WatchPlan plan, Instant now, WatchState before) {
    this.list = list;
    this.plan = plan;
    this.now = now;
    this.before = before;
  }

  /// Looks.
  LookResult result() throws IOException {
    Instant end = ceiling(now);
    Instant begin = begin();
    Counts.prepare(list);
    Instant wanted = begin.minus(plan.history());
    Instant pastFrom =
        Counts.first(list)
            .map(Look::floor)
            .map(first -> first.isBefore(wanted) ? wanted : first)
            .filter(first -> first.isBefore(begin))
            .orElse(begin);
    Counts counts = Counts.read(list, pastFrom, end);
    Exposure exposure = Exposure.read(list, pastFrom, now);
    List<StreamName> streams = streams(counts);
    double threshold = EDetector.threshold(streams.size(), plan.falseAlarmEvery().toHours() / 24.0);
    Round round = new Round(counts, exposure, pastFrom, begin, threshold);
    for (StreamName stream : streams) {
      round.look(stream);
    }
    return round.ended(streams.size());
  }

  private Instant begin() {
    return floor(plan.since().or(before::begin).orElse(now.truncatedTo(ChronoUnit.DAYS)));
  }

  private List<StreamName> streams(Counts counts) {
    List<StreamName> streams = new ArrayList<>();
    for (String label : list.labels()) {
      streams.add(StreamName.everywhere(label));
      if (plan.byRegion()) {
        counts.regions().forEach(region -> streams.add(new StreamName(label, region)));
      }
    }
    return streams;
  }

  static Instant floor(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }

  private static Instant ceiling(Instant at) {
    Instant floor = floor(at);
    return floor.equals(at) ? at : floor.plus(1, ChronoUnit.HOURS);
  }

  /// The streams of one look, and what comes of them.
  private final class Round {
    private final Counts counts;
    private final Exposure exposure;
    private final Instant pastFrom;
    private final Instant begin;
    private final double threshold;
    private final List<StreamLook> looks = new ArrayList<>();
    private final Map<StreamName, Alert> active = new TreeMap<>();
    private final List<Alert> over = new ArrayList<>();
    private final Set<String> raised = new HashSet<>();
    private WatchState state = before;

    Round(Counts counts, Exposure exposure, Instant pastFrom, Instant begin, double threshold) {
      this.counts = counts;
      this.exposure = exposure;
      this.pastFrom = pastFrom;
      this.begin = begin;
      this.threshold = threshold;
      for (Alert alert : before.alerts()) {
        if (alert.active()) {
          active.put(alert.stream(), alert);
        } else {
          over.add(alert);
        }
      }
    }

    /// After an alarm the stream is watched anew from there, with what lies between as past, until
    /// nothing alarms: the next look begins where this one ended, and says the same.
    void look(StreamName stream) throws IOException {
      while (true) {
        Instant restart = state.restarts().getOrDefault(stream, begin);
        Instant from = restart.isAfter(begin) ? restart : begin;
        StreamWatch watch = new StreamWatch(past(stream, from), bins(stream, from));
        double day = exposure.between(stream, from.minus(BIN), from);
        double least = day > 0 ? day : 1;
        StreamWatch.Outcome outcome = watch.outcome(threshold, least);
        double rate = watch.learned(least).rate();
        for (EDetector.Alarm alarm : outcome.alarms()) {
          alarm(stream, from, alarm, rate);
        }
        if (outcome.alarms().isEmpty()) {
          settle(stream, rate);
          show(stream, from, outcome, watch.learned(least).events());
          return;
        }
      }
    }

    /// Whole bins backwards from where the watch begins; those that touch an alert are left out.
    private List<StreamWatch.Bin> past(StreamName stream, Instant from) {
      List<StreamWatch.Bin> bins = new ArrayList<>();
      for (Instant end = from; end.isAfter(pastFrom); end = end.minus(BIN)) {
        Instant start = end.minus(BIN).isBefore(pastFrom) ? pastFrom : end.minus(BIN);
        if (!alerted(stream, start, end)) {
          bins.add(bin(stream, start, end));
        }
      }
      return bins.reversed();
    }

    private boolean alerted(StreamName stream, Instant start, Instant end) {
      return Stream.concat(over.stream(), active.values().stream())
          .filter(alert -> alert.stream().equals(stream))
          .anyMatch(alert -> alert.since().isBefore(end) && alert.lastAlarmAt().isAfter(start));
    }

    private List<StreamWatch.Bin> bins(StreamName stream, Instant from) {
      List<StreamWatch.Bin> bins = new ArrayList<>();
      for (Instant start = from; start.isBefore(now); start = start.plus(BIN)) {
        bins.add(bin(stream, start, start.plus(BIN)));
      }
      return bins;
    }

    private StreamWatch.Bin bin(StreamName stream, Instant start, Instant end) {
      return new StreamWatch.Bin(
          counts.of(stream, start, end),
          exposure.between(stream, start, end.isAfter(now) ? now : end));
    }

    private void alarm(StreamName stream, Instant from, EDetector.Alarm alarm, double rate)
        throws IOException {
      Instant since = from.plus(BIN.multipliedBy(alarm.since()));
      Instant end = from.plus(BIN.multipliedBy(alarm.bin() + 1L));
      Instant at = end.isAfter(now) ? now : end;
      Alert known = active.get(stream);
      if (known != null && known.lastAlarmAt().plus(plan.quiet()).isBefore(since)) {
        over.add(ended(known, known.lastAlarmAt().plus(plan.quiet()), rate));
        known = null;
      }
      if (known == null) {
        Alert alert =
            new Alert(
                stream,
                now,
                since,
                at,
                Optional.empty(),
                0,
                0,
                alarm.rise(),
                List.of(),
                false,
                false);
        active.put(stream, alert);
        raised.add(alert.fingerprint());
      } else {
        active.put(stream, known.alarmedAgain(at, alarm.rise()));
      }
      state = state.restarted(stream, ceiling(at));
    }

    /// Brings an alert up to the present. It is over when nothing has alarmed for a while.
    private void settle(StreamName stream, double rate) throws IOException {
      Alert alert = active.get(stream);
      if (alert == null) {
        return;
      }
      if (alert.lastAlarmAt().plus(plan.quiet()).isAfter(now)) {
        active.put(stream, counted(alert, now, rate));
      } else {
        active.remove(stream);
        over.add(ended(alert, now, rate));
      }
    }

    /// An alert that is over, with what there was until its last alarm.
    private Alert ended(Alert alert, Instant at, double rate) throws IOException {
      return counted(alert, alert.lastAlarmAt(), rate).over(at);
    }

    private Alert counted(Alert alert, Instant until, double rate) throws IOException {
      return alert.present(
          counts.of(alert.stream(), alert.since(), ceiling(until)),
          rate * exposure.between(alert.stream(), alert.since(), until),
          Counts.hosts(list, alert.stream(), alert.since(), until));
    }

    /// A label that has never been seen is watched and not shown: what it expects is caution only.
    private void show(
        StreamName stream, Instant from, StreamWatch.Outcome outcome, double pastCases)
        throws IOException {
      Optional<Alert> alert = Optional.ofNullable(active.get(stream));
      boolean worth = pastCases > 0 && outcome.expected() >= WORTH_SHOWING;
      if (alert.isEmpty() && outcome.observed() == 0 && !worth) {
        return;
      }
      List<Alert.HostCount> hosts =
          alert.isPresent() ? alert.get().hosts() : Counts.hosts(list, stream, from, now);
      Instant since = alert.map(Alert::since).orElse(from);
      looks.add(
          new StreamLook(
              stream,
              since,
              alert.map(Alert::observed).orElse(outcome.observed()),
              counts.logOnly(stream, since, ceiling(now)),
              alert.map(Alert::expected).orElse(outcome.expected()),
              hosts.size(),
              hosts.stream().filter(Alert.HostCount::isNew).count(),
              outcome.chanceOfNone(),
              Counts.last(list, stream),
              alert));
    }

    LookResult ended(int watched) {
      List<Alert> alerts = new ArrayList<>(over);
      alerts.addAll(active.values());
      WatchState after =
          new WatchState(
              Optional.of(begin),
              state.restarts(),
              alerts,
              before.undelivered(),
              before.raised() + raised.size());
      return new LookResult(
          now,
          begin,
          pastFrom,
          exposure.inHostHours(),
          plan.falseAlarmEvery(),
          looks,
          watched,
          alerts.stream().filter(alert -> raised.contains(alert.fingerprint())).toList(),
          after);
    }
  }
}
