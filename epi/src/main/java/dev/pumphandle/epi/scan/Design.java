package dev.pumphandle.epi.scan;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/// What cases are compared with.
public sealed interface Design permits AgainstHostTime, AgainstOtherCrashes {

  /// The attributes of every record.
  List<Attribute> attributes();

  /// How many days the study has.
  int days();

  /// The cases.
  Population cases();

  /// The records that carry the denominator: cells of host-time, or all crashes.
  Population rows();

  /// Whether each row is one crash.
  boolean rowsAreCrashes();

  /// What each row expects before anything is accepted; sums to the number of cases.
  double[] startingWeights();

  /// What each row expects once the accepted sets are explained.
  ///
  /// @param patterns which accepted sets each row belongs to
  /// @param targets for each accepted set, how many cases it shall be expected to have
  double[] fitted(Patterns patterns, double[] targets);

  /// A way to draw data sets in which nothing but the accepted sets is going on.
  ///
  /// @param most a data set has about this many cases where there are more of them
  Draw draw(Patterns patterns, double[] weights, int most);

  /// Draws cases by chance.
  @FunctionalInterface
  interface Draw {
    /// Fills `sample`.
    void fill(Sample sample, UniformRandomProvider random);
  }

  /// By how much the cases of a group vary more around what is expected of it than the replicates
  /// do: 1 where the expected counts are known. A ratio seen is divided by it before it is held
  /// against those of the replicates.
  double doubt();

  /// The number of values of each attribute.
  default int[] values() {
    return attributes().stream().mapToInt(Attribute::values).toArray();
  }
}
