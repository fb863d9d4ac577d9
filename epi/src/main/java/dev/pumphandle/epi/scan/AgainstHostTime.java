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
  private final long[] missing;

  /// @param rows cells of host-time
  /// @param expected what each cell expects, in any unit: scaled to the number of cases
  public AgainstHostTime(
      List<Attribute> attributes, int days, Population rows, double[] expected, Population cases) {
    if (attributes.size() > Long.SIZE)
      throw new IllegalArgumentException("more than " + Long.SIZE + " attributes");
    if (expected.length != rows.size())
      throw new IllegalArgumentException("one expected count per row");
    this.attributes = List.copyOf(attributes);
    this.days = days;
    this.rows = rows;
    this.cases = cases;
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
  public Draw draw(Patterns patterns, double[] weights) {
    SharedStateDiscreteSampler alias =
        AliasMethodDiscreteSampler.of(RandomSource.XO_SHI_RO_256_PP.create(1L), weights);
    return (sample, random) -> fill(sample, alias.withUniformRandomProvider(random));
  }

  private void fill(Sample sample, SharedStateDiscreteSampler cell) {
    sample.clear();
    for (long mask : missing) sample.add(rows, cell.sample(), mask);
  }
}
