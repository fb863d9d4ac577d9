package dev.pumphandle.epi.vectors;

import dev.pumphandle.epi.scan.LogLikelihoodRatio;
import dev.pumphandle.epi.surveillance.EProcess;
import dev.pumphandle.epi.surveillance.Ears;
import dev.pumphandle.epi.surveillance.PoissonCusum;
import dev.pumphandle.epi.surveillance.RunLength;
import dev.pumphandle.epi.surveillance.ShiryaevRoberts;
import java.util.Arrays;

/// Vectors of surveillance.
final class WatchVectors {

  // Theirs is a coarse grid that agrees with simulation within 1 %.
  private static final Tolerance GRID = new Tolerance(2e-2, 0);

  private WatchVectors() {}

  static void cusum(Node n, int index, Comparison comparison) {
    comparison
        .vector(n, index, "y", "mu", "rho")
        .row(
            "S",
            new PoissonCusum(n.number("rho")).chart(n.numbers("y"), n.numbers("mu")),
            Tolerance.CLOSED)
        .done();
  }

  static void runLength(Node n, int index, Comparison comparison) {
    RunLength length = new RunLength(new PoissonCusum(n.number("rho")), n.number("mu"));
    comparison
        .vector(n, index, "mu", "rho", "h")
        .value("arl0", length.mean(n.number("h")), GRID)
        .done();
  }

  static void eProcess(Node n, int index, Comparison comparison) {
    EProcess process = new EProcess(n.number("a"), n.number("b"));
    comparison
        .vector(n, index, "y", "mu", "a", "b")
        .row("log_e", process.logEvidence(n.numbers("y"), n.numbers("mu")), Tolerance.CLOSED)
        .done();
  }

  static void shiryaevRoberts(Node n, int index, Comparison comparison) {
    double[] log =
        new ShiryaevRoberts(n.number("rho")).logStatistic(n.numbers("y"), n.numbers("mu"));
    comparison
        .vector(n, index, "y", "mu", "rho")
        .row("R", Arrays.stream(log).map(Math::exp).toArray(), Tolerance.CLOSED)
        .done();
  }

  static void maxSprt(Node n, int index, Comparison comparison) {
    double[] c = n.numbers("c");
    double[] mu = n.numbers("mu");
    double[] llr = new double[c.length];
    for (int i = 0; i < llr.length; i++)
      llr[i] = LogLikelihoodRatio.unconditionalPoisson(c[i], mu[i]);
    comparison.vector(n, index, "c", "mu").row("llr", llr, Tolerance.CLOSED).done();
  }

  static void peers(Node n, int index, Comparison comparison) {
    double[] y = n.numbers("y");
    int[] range = n.wholes("ears_range");
    comparison
        .vector(n, index, "y", "ears_range", "farrington_range")
        .row(
            "ears_c1_upper",
            Arrays.stream(range).mapToDouble(t -> Ears.C1.bar(y, t - 1)).toArray(),
            Tolerance.CLOSED)
        .row(
            "ears_c2_upper",
            Arrays.stream(range).mapToDouble(t -> Ears.C2.bar(y, t - 1)).toArray(),
            Tolerance.CLOSED)
        .without("a peer's method, optional", "farrington_upper", "farrington_alarm")
        .done();
  }
}
