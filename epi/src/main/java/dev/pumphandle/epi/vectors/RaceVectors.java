package dev.pumphandle.epi.vectors;

import static dev.pumphandle.epi.vectors.TableVectors.LEVEL;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.race.FermiProduct;
import dev.pumphandle.epi.race.RaceWindow;
import dev.pumphandle.epi.race.WindowFromCount;
import java.util.ArrayList;
import java.util.List;

/// Vectors of the race arithmetic.
final class RaceVectors {

  private RaceVectors() {}

  private static RaceWindow.Load load(Node n) {
    return new RaceWindow.Load(
        n.number("events_per_host_s"), n.number("hosts"), n.number("days"), n.number("p_harm"));
  }

  static void forward(Node n, int index, Comparison comparison) {
    RaceWindow race = new RaceWindow(n.number("window_ns"), n.number("period_s"), load(n));
    comparison
        .vector(n, index, "window_ns", "period_s", "events_per_host_s", "hosts", "days", "p_harm")
        .closed("p_hit_linear", race.hitProbabilityLinear())
        .closed("p_hit", race.hitProbability())
        .closed("rate_per_host_day", race.ratePerHostDay())
        .closed("fleet_per_day", race.fleetPerDay())
        .closed("expected", race.expected())
        .closed("p_at_least_one", race.atLeastOne())
        .closed("poisson_q05", race.countRange(0.9).lower())
        .closed("poisson_q95", race.countRange(0.9).upper())
        .done();
  }

  static void inverse(Node n, int index, Comparison comparison) {
    WindowFromCount inverse =
        new WindowFromCount(n.whole("observed"), n.number("period_s"), load(n));
    Estimate hit = inverse.hitProbability(LEVEL);
    Estimate window = inverse.windowNanos(LEVEL);
    comparison
        .vector(n, index, "observed", "period_s", "events_per_host_s", "hosts", "days", "p_harm")
        .closed("opportunities", inverse.load().opportunities())
        .closed("p_hit", hit.value())
        .interval("p_hit_ci", hit.interval(), Tolerance.ROOT)
        .closed("window_ns", window.value())
        .interval("window_ns_ci", window.interval(), Tolerance.ROOT)
        .done();
  }

  static void product(Node n, int index, Comparison comparison) {
    double[] median = n.numbers("median");
    double[] factor = n.numbers("factor90");
    List<FermiProduct.Factor> factors = new ArrayList<>();
    for (int i = 0; i < median.length; i++)
      factors.add(new FermiProduct.Factor(median[i], factor[i]));
    FermiProduct product = new FermiProduct(factors);
    comparison
        .vector(n, index, "median", "factor90")
        .closed("product_median", product.median())
        .closed("lo90", product.within90().lower())
        .closed("hi90", product.within90().upper())
        .row("share_of_variance", ModelVectors.array(product.sharesOfDoubt()), Tolerance.CLOSED)
        .done();
  }
}
