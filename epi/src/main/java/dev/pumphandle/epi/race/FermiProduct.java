package dev.pumphandle.epi.race;

import dev.pumphandle.epi.measure.Interval;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// A product of uncertain factors, each known by its median and the factor f within which it lies
/// with 90 %: the product is log-normal with `s² = Σ (ln f / 1.645)²`.
///
/// Source: D. Vose, Risk Analysis, 3rd ed. (2008), ch. 11 (products of log-normal factors).
///
/// @param factors the factors
public record FermiProduct(List<Factor> factors) {

  // The standard normal quantile with 5 % above.
  private static final double Z90 = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.05);

  /// One factor.
  ///
  /// @param median the middle guess, in its own unit
  /// @param within90 f: with 90 % between median/f and median·f; 1 when known exactly
  public record Factor(double median, double within90) {
    /// Refuses what cannot be a factor.
    public Factor {
      if (!(median > 0 && within90 >= 1))
        throw new IllegalArgumentException("median " + median + " within factor " + within90);
    }
  }

  /// Copies the factors.
  public FermiProduct {
    factors = List.copyOf(factors);
  }

  /// The median of the product.
  public double median() {
    double product = 1;
    for (Factor f : factors) product *= f.median();
    return product;
  }

  /// The range that holds the product with 90 %.
  public Interval within90() {
    double reach = Z90 * Math.sqrt(variance());
    return new Interval(median() * Math.exp(-reach), median() * Math.exp(reach), 0.9);
  }

  /// Which share of the doubt comes from each factor: measure the largest first. Zeroes when
  /// nothing
  /// is uncertain.
  public List<Double> sharesOfDoubt() {
    double all = variance();
    return factors.stream().map(f -> all == 0 ? 0 : square(f) / all).toList();
  }

  private double variance() {
    return factors.stream().mapToDouble(FermiProduct::square).sum();
  }

  private static double square(Factor f) {
    double s = Math.log(f.within90()) / Z90;
    return s * s;
  }
}
