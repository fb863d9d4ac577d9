package dev.pumphandle.epi.mixture;

import java.util.Arrays;
import java.util.List;

/// Cases divided into classes.
public final class Division {

  private final List<ClassKind> kinds;
  private final double[] share;
  private final double[][] posterior;
  private final double logLikelihood;
  private final double bic;

  Division(
      List<ClassKind> kinds,
      double[] share,
      double[][] posterior,
      double logLikelihood,
      double bic) {
    this.kinds = List.copyOf(kinds);
    this.share = share.clone();
    this.posterior = Arrays.stream(posterior).map(double[]::clone).toArray(double[][]::new);
    this.logLikelihood = logLikelihood;
    this.bic = bic;
  }

  /// The classes, unrelated first.
  public List<ClassKind> kinds() {
    return kinds;
  }

  /// The share of cases in class c.
  public double share(int c) {
    return share[c];
  }

  /// P(class c | case i).
  public double posterior(int i, int c) {
    return posterior[i][c];
  }

  /// The likeliest class of each case.
  public int[] assigned() {
    int[] classes = new int[posterior.length];
    for (int i = 0; i < classes.length; i++)
      for (int c = 1; c < kinds.size(); c++)
        if (posterior[i][c] > posterior[i][classes[i]]) classes[i] = c;
    return classes;
  }

  /// The log likelihood.
  public double logLikelihood() {
    return logLikelihood;
  }

  /// Schwarz's criterion.
  public double bic() {
    return bic;
  }

  /// How many populations there are besides unrelated crashes.
  public int populations() {
    return kinds.size() - 1;
  }

  // In cases; infinite when there is only the unrelated class.
  double smallestClass() {
    double least = Double.POSITIVE_INFINITY;
    for (int c = 1; c < share.length; c++) least = Math.min(least, share[c] * posterior.length);
    return least;
  }
}
