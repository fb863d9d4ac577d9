package dev.pumphandle.epi.mixture;

import java.util.Arrays;
import java.util.List;

/// Cases divided into classes.
public final class Division {

  private final List<ClassKind> kinds;
  private final double[] share;
  private final CasePatterns patterns;
  private final double[][] posterior;
  private final double logLikelihood;
  private final double bic;

  Division(
      List<ClassKind> kinds,
      double[] share,
      CasePatterns patterns,
      double[][] posterior,
      double logLikelihood,
      double bic) {
    this.kinds = List.copyOf(kinds);
    this.share = share.clone();
    this.patterns = patterns;
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
    return posterior[patterns.of(i)][c];
  }

  /// The likeliest class of each case.
  public int[] assigned() {
    int[] likeliest = new int[posterior.length];
    for (int i = 0; i < likeliest.length; i++)
      for (int c = 1; c < kinds.size(); c++)
        if (posterior[i][c] > posterior[i][likeliest[i]]) likeliest[i] = c;
    int[] classes = new int[patterns.cases()];
    for (int i = 0; i < classes.length; i++) classes[i] = likeliest[patterns.of(i)];
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
    for (int c = 1; c < share.length; c++) least = Math.min(least, share[c] * patterns.cases());
    return least;
  }

  // Whether a diffuse class consists of doubts mostly.
  boolean hasClassOfDoubts() {
    for (int c = 1; c < share.length; c++)
      if (kinds.get(c) instanceof ClassKind.Diffuse && !isKnown(c)) return true;
    return false;
  }

  // Whether at least half of a class are cases that are likelier of it than not.
  boolean isKnown(int c) {
    double size = 0;
    double told = 0;
    for (int i = 0; i < posterior.length; i++) {
      double expected = patterns.weight(i) * posterior[i][c];
      size += expected;
      if (posterior[i][c] > 0.5) told += expected;
    }
    return told >= size / 2 && told > 0;
  }
}
