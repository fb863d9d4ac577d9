package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.race.FermiProduct;
import dev.pumphandle.epi.race.RaceWindow;
import dev.pumphandle.epi.race.WindowFromCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The race estimator in sentences: how often a window is hit, or how wide a window must be to give
/// what
/// was seen.
///
/// @param period mean time between the events that hit (seconds)
/// @param rate exposed operations (per second and host)
/// @param hosts how many hosts
/// @param time how long (seconds)
/// @param harm P(harm | hit)
public record RaceEstimate(
    Measured period, Measured rate, Measured hosts, Measured time, Measured harm) {

  private static final double LEVEL = 0.9;
  private static final double DAY = 86_400;
  private static final List<String> HITS_FROM =
      List.of("window", "period", "operations", "hosts", "time", "harm");
  private static final List<String> WINDOW_FROM =
      List.of("count", "period", "operations", "hosts", "time", "harm");

  private RaceWindow.Load load() {
    return new RaceWindow.Load(rate.value(), hosts.value(), time.value() / DAY, harm.value());
  }

  /// How often a window is hit.
  ///
  /// @param window its width (seconds)
  public List<String> hits(Measured window) {
    RaceWindow race = new RaceWindow(window.value() * 1e9, period.value(), load());
    List<String> lines = new ArrayList<>();
    if (!race.rare()) {
      lines.add(
          "The window is more than a tenth of the period: hits are not rare, and these figures would"
              + " not hold.");
      return lines;
    }
    FermiProduct product =
        new FermiProduct(
            List.of(
                window.asFactor(),
                new FermiProduct.Factor(1 / period.value(), period.factor()),
                rate.asFactor(),
                hosts.asFactor(),
                time.asFactor(),
                harm.asFactor()));
    Interval range = product.within90();
    double perHostDay = race.ratePerHostDay();
    lines.add(
        String.format(
            Locale.ROOT,
            "One operation in %,.0f is hit (window %s, one event per %s).",
            1 / race.hitProbability(),
            duration(window.value()),
            duration(period.value())));
    lines.add(
        String.format(
            Locale.ROOT,
            "A host crashes %.3g times a day, once every %s.",
            perHostDay,
            duration(DAY / perHostDay)));
    lines.add(
        String.format(
            Locale.ROOT,
            "The fleet: %s crashes expected in %s, once every %s.",
            Figures.brief(race.expected()),
            duration(time.value()),
            duration(DAY / race.fleetPerDay())));
    Interval counts = race.countRange(LEVEL);
    lines.add(
        String.format(
            Locale.ROOT,
            "By chance alone 90 %% of such fleets see %s to %s; at least one with %s.",
            whole(counts.lower()),
            whole(counts.upper()),
            Figures.percent(race.atLeastOne())));
    doubt(product, range, HITS_FROM, lines);
    return lines;
  }

  /// How often a window is hit, in one row; empty where hits are not rare.
  ///
  /// @param window its width (seconds)
  public Grid hitsGrid(Measured window) {
    RaceWindow race = new RaceWindow(window.value() * 1e9, period.value(), load());
    Interval counts = race.countRange(LEVEL);
    return Grid.of(
        List.of(
            Heading.numbers("hit_probability"),
            Heading.numbers("per_host_day"),
            Heading.numbers("expected"),
            Heading.numbers("by_chance_lower"),
            Heading.numbers("by_chance_upper"),
            Heading.numbers("at_least_one")),
        race.rare()
            ? List.of(
                List.of(
                    HostRates.number(race.hitProbability()),
                    HostRates.number(race.ratePerHostDay()),
                    HostRates.number(race.expected()),
                    HostRates.number(counts.lower()),
                    HostRates.number(counts.upper()),
                    HostRates.number(race.atLeastOne())))
            : List.of());
  }

  /// How wide the window must be (seconds), in one row.
  ///
  /// @param observed crashes seen
  public Grid windowGrid(long observed) {
    Estimate window = new WindowFromCount(observed, period.value(), load()).windowNanos(0.95);
    return Grid.of(
        List.of(
            Heading.numbers("window_seconds"), Heading.numbers("lower"), Heading.numbers("upper")),
        List.of(
            List.of(
                HostRates.number(window.value() / 1e9),
                HostRates.number(window.interval().lower() / 1e9),
                HostRates.number(window.interval().upper() / 1e9))));
  }

  private static void doubt(
      FermiProduct product, Interval range, List<String> names, List<String> lines) {
    List<Double> shares = product.sharesOfDoubt();
    int most = 0;
    for (int i = 1; i < shares.size(); i++) if (shares.get(i) > shares.get(most)) most = i;
    if (shares.get(most) == 0) {
      lines.add(
          "No input was said to be uncertain (write ~2 after a value: within a factor of 2).");
      return;
    }
    // The product's own scale is arbitrary: only the factor of its range is told.
    lines.add(
        String.format(
            Locale.ROOT,
            "With the doubt in the inputs, within a factor of %.1f (90 %%).",
            range.upper() / product.median()));
    StringBuilder text = new StringBuilder("Shares of the doubt:");
    for (int i = 0; i < shares.size(); i++) {
      if (shares.get(i) > 0) {
        text.append(' ').append(names.get(i)).append(' ').append(Figures.percent(shares.get(i)));
      }
    }
    lines.add(
        text
            + (names.get(most).equals("count")
                ? ". Watch for longer first."
                : ". Measure the " + names.get(most) + " first."));
  }

  /// How wide the window must be.
  ///
  /// @param observed crashes seen
  public List<String> window(long observed) {
    Estimate window = new WindowFromCount(observed, period.value(), load()).windowNanos(0.95);
    if (!window.estimable()) {
      return List.of("A window cannot be told: " + window.caveats().getFirst().text() + ".");
    }
    Interval limits = window.interval();
    if (observed == 0) {
      List<String> nothing = new ArrayList<>();
      nothing.add(
          "Nothing seen rules out windows wider than "
              + duration(limits.upper() / 1e9)
              + " (95 %).");
      FermiProduct inputs = givenWindow(1, 1);
      doubt(inputs, inputs.within90(), WINDOW_FROM, nothing);
      return nothing;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d crashes speak for a window of %s (95 %% %s to %s).",
            observed,
            duration(window.value() / 1e9),
            duration(limits.lower() / 1e9),
            duration(limits.upper() / 1e9)));
    lines.add(
        String.format(
            Locale.ROOT,
            "At 3 GHz that is %s instructions, if each takes a cycle.",
            Figures.brief(window.value() * 3)));
    boolean sure = givenWindow(1, 1).sharesOfDoubt().stream().allMatch(share -> share == 0);
    Interval counted =
        new WindowFromCount(observed, period.value(), load()).windowNanos(LEVEL).interval();
    FermiProduct product =
        givenWindow(window.value(), sure ? 1 : Math.sqrt(counted.upper() / counted.lower()));
    doubt(product, product.within90(), WINDOW_FROM, lines);
    return lines;
  }

  // What a window is worked out from; the count's own doubt is that of its limits.
  private FermiProduct givenWindow(double nanos, double ofCount) {
    return new FermiProduct(
        List.of(
            new FermiProduct.Factor(nanos, ofCount),
            new FermiProduct.Factor(1, period.factor()),
            new FermiProduct.Factor(1, rate.factor()),
            new FermiProduct.Factor(1, hosts.factor()),
            new FermiProduct.Factor(1, time.factor()),
            new FermiProduct.Factor(1, harm.factor())));
  }

  private static String whole(double count) {
    return count < 100 ? String.format(Locale.ROOT, "%.0f", count) : Figures.brief(count);
  }

  /// A length of time in the unit that suits it.
  static String duration(double seconds) {
    String[] units = {"ps", "ns", "µs", "ms", "s", "min", "h", "d", "years"};
    double[] sizes = {1e-12, 1e-9, 1e-6, 1e-3, 1, 60, 3600, DAY, 365.25 * DAY};
    int at = 0;
    while (at + 1 < sizes.length && seconds >= sizes[at + 1]) at++;
    return String.format(Locale.ROOT, "%.3g %s", seconds / sizes[at], units[at]);
  }
}
