package dev.pumphandle.bench;

import dev.pumphandle.lab.fleet.Cause;
import java.util.List;
import java.util.Locale;

/// What is planted in a fleet of the benchmark.
enum Outbreak {
  NONE,
  HOST,
  RELEASE,
  KERNEL,
  SKU_WITH_KERNEL,
  CLUSTER,
  RACE,
  HOST_AND_RACE,
  /// As `simulate --scenario two-diseases` plants it.
  TWO_DISEASES;

  private static final int YOUNG_DAYS = 7;

  /// The causes.
  ///
  /// @param cases how many true cases each makes
  List<Cause> causes(int cases, int days) {
    return switch (this) {
      case NONE -> List.of();
      case HOST -> List.of(new Cause.BadHost(cases, days / 2, YOUNG_DAYS));
      case RELEASE -> List.of(new Cause.BadRelease(cases));
      case KERNEL -> List.of(new Cause.BadKernel(cases));
      case SKU_WITH_KERNEL -> List.of(new Cause.SkuWithKernel(cases));
      case CLUSTER -> List.of(new Cause.BadCluster(cases, days / 2));
      case RACE -> List.of(new Cause.Race(cases, days / 3));
      case HOST_AND_RACE ->
          List.of(new Cause.BadHost(cases, days / 2, YOUNG_DAYS), new Cause.Race(cases, days / 3));
      case TWO_DISEASES ->
          List.of(
              new Cause.BadHost(cases, days * 5 / 8, YOUNG_DAYS), new Cause.Race(cases, days / 3));
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
