package dev.pumphandle.epi.measure;

/// The number of exposed cases given the margins of one 2×2 table, or the sum over several
/// independent tables: the noncentral hypergeometric distribution with odds ratio ψ.
///
/// P(A = s) ∝ w(s) ψ^s, where w is the hypergeometric weight of the table (for several tables, the
/// convolution of their weights). Weights are kept as logarithms relative to the largest.
///
/// Source: N. E. Breslow, N. E. Day, Statistical Methods in Cancer Research I (IARC 1980), §4.2,
/// §4.4.
final class ConditionalDistribution {

  private final int lowest;
  private final double[] logWeights;

  private ConditionalDistribution(int lowest, double[] logWeights) {
    this.lowest = lowest;
    this.logWeights = logWeights;
  }

  static ConditionalDistribution of(TwoByTwo table) {
    long exposed = table.exposed();
    long unexposed = table.unexposed();
    long cases = table.cases();
    int low = Math.toIntExact(Math.max(0, cases - unexposed));
    int high = Math.toIntExact(Math.min(cases, exposed));
    double[] log = new double[high - low + 1];
    double largest = 0;
    for (int i = 1; i < log.length; i++) {
      double s = low + (double) i - 1;
      double ratio =
          Math.log(exposed - s)
              + Math.log(cases - s)
              - Math.log(s + 1)
              - Math.log(unexposed - cases + s + 1);
      log[i] = log[i - 1] + ratio;
      largest = Math.max(largest, log[i]);
    }
    // Anchored at the mode, so that tails far below it keep their digits.
    for (int i = 0; i < log.length; i++) log[i] -= largest;
    return new ConditionalDistribution(low, log);
  }

  /// The distribution of the sum of this and another, independent count.
  ConditionalDistribution plus(ConditionalDistribution other) {
    double[] sum = new double[logWeights.length + other.logWeights.length - 1];
    double[] linear = new double[other.logWeights.length];
    for (int j = 0; j < linear.length; j++) linear[j] = Math.exp(other.logWeights[j]);
    for (int i = 0; i < logWeights.length; i++) {
      double weight = Math.exp(logWeights[i]);
      for (int j = 0; j < linear.length; j++) sum[i + j] += weight * linear[j];
    }
    for (int i = 0; i < sum.length; i++) sum[i] = Math.log(sum[i]);
    return new ConditionalDistribution(lowest + other.lowest, sum);
  }

  int lowest() {
    return lowest;
  }

  int highest() {
    return lowest + logWeights.length - 1;
  }

  /// The probabilities of lowest … highest at odds ratio `exp logOdds`.
  double[] probabilities(double logOdds) {
    double[] p = new double[logWeights.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < p.length; i++) {
      p[i] = logWeights[i] + logOdds * i;
      largest = Math.max(largest, p[i]);
    }
    double total = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(p[i] - largest);
      total += p[i];
    }
    for (int i = 0; i < p.length; i++) p[i] /= total;
    return p;
  }

  double mean(double logOdds) {
    double[] p = probabilities(logOdds);
    double mean = 0;
    for (int i = 0; i < p.length; i++) mean += (lowest + i) * p[i];
    return mean;
  }

  /// P(A < s) + share · P(A = s).
  double below(double logOdds, int s, double share) {
    return sum(probabilities(logOdds), 0, s - lowest, share);
  }

  /// P(A > s) + share · P(A = s).
  double above(double logOdds, int s, double share) {
    double[] p = probabilities(logOdds);
    double sum = 0;
    for (int i = p.length - 1; i > s - lowest; i--) sum += p[i];
    return sum + share * p[s - lowest];
  }

  private static double sum(double[] p, int from, int at, double share) {
    double sum = 0;
    for (int i = from; i < at; i++) sum += p[i];
    return sum + share * p[at];
  }
}
