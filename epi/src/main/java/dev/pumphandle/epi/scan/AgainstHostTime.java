package dev.pumphandle.epi.scan;

import java.util.List;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.simple.RandomSource;

/// Cases against what each cell of host-time is expected to have (design B).
///
/// The expected counts come from [dev.pumphandle.epi.baseline]; bare host-time belongs in no test.
public final class AgainstHostTime implements Design {

  private final List<Attribute> attributes;
  private final int days;
  private final Population rows;
  private final Population cases;
  private final double[] base;
  private final double doubt;
  private final long[] missing;

  /// Expected counts that are known.
  ///
  /// @param rows cells of host-time
  /// @param expected what each cell expects, in any unit: scaled to the number of cases
  public AgainstHostTime(
      List<Attribute> attributes, int days, Population rows, double[] expected, Population cases) {
    this(attributes, days, rows, expected, cases, Double.POSITIVE_INFINITY);
  }

  /// Expected counts that were learnt from other crashes. Of a group in which μ cases and m other
  /// crashes are expected, cases vary around what the others tell by `μ + μ²/m`: the ratio to the
  /// Poisson variance is `1 + μ/m`, cases over other crashes.
  ///
  /// Folklore: taken as known, expected counts from 4,000 other crashes let 8 of 100 fleets without
  /// an outbreak have a confirmed finding, at a nominal 5 (`OutbreakBench M none`).
  ///
  /// @param otherCrashes how many crashes the expected counts were learnt from
  public AgainstHostTime(
      List<Attribute> attributes,
      int days,
      Population rows,
      double[] expected,
      Population cases,
      double otherCrashes) {
    if (attributes.size() > Long.SIZE)
      throw new IllegalArgumentException("more than " + Long.SIZE + " attributes");
    if (expected.length != rows.size())
      throw new IllegalArgumentException("one expected count per row");
    this.attributes = List.copyOf(attributes);
    this.days = days;
    this.rows = rows;
    this.cases = cases;
    this.doubt = 1 + (otherCrashes > 0 ? cases.size() / otherCrashes : 0);
    double sum = 0;
    for (double e : expected) sum += e;
    this.base = new double[expected.length];
    for (int i = 0; i < base.length; i++) base[i] = sum == 0 ? 0 : expected[i] * cases.size() / sum;
    this.missing = new long[cases.size()];
    for (int c = 0; c < missing.length; c++)
      for (int a = 0; a < attributes.size(); a++) if (cases.code(c, a) < 0) missing[c] |= 1L << a;
  }

  @Override
  public List<Attribute> attributes() {
    return attributes;
  }

  @Override
  public int days() {
    return days;
  }

  @Override
  public Population cases() {
    return cases;
  }

  @Override
  public Population rows() {
    return rows;
  }

  @Override
  public boolean rowsAreCrashes() {
    return false;
  }

  @Override
  public double doubt() {
    return doubt;
  }

  @Override
  public double[] startingWeights() {
    return base.clone();
  }

  @Override
  public double[] fitted(Patterns patterns, double[] targets) {
    double[] factor = ProportionalFit.factors(patterns.sums(base), targets, cases.size());
    double[] weights = new double[base.length];
    for (int r = 0; r < weights.length; r++) weights[r] = base[r] * factor[patterns.of(r)];
    return weights;
  }

  /// Draws as many cells as there are cases, multinomially; the i-th has the same attributes
  /// missing
  /// as the i-th observed case, so that the search is as blind as it was on the real data.
  @Override
  public Draw draw(Patterns patterns, double[] weights, int most) {
    int size = Math.min(most, missing.length);
    SharedStateDiscreteSampler alias =
        AliasMethodDiscreteSampler.of(RandomSource.XO_SHI_RO_256_PP.create(1L), weights);
    return (sample, random) -> fill(sample, size, alias.withUniformRandomProvider(random));
  }

  private void fill(Sample sample, int size, SharedStateDiscreteSampler cell) {
    sample.clear();
    for (int i = 0; i < size; i++) {
      long mask = missing[(int) ((long) i * missing.length / size)];
      sample.add(rows, cell.sample(), mask);
    }
  }
}
