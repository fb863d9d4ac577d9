package dev.pumphandle.lab.fleet;

/// Something planted: who suffers from it, and how many true cases it makes.
public sealed interface Cause {

  /// How many cases it makes over the whole time, on average.
  int cases();

  /// One physical host turns bad from one moment to the next; only virtual machines that are young
  /// suffer.
  ///
  /// @param fromDay the day on which it turns bad
  /// @param youngDays up to which age virtual machines suffer (days)
  record BadHost(int cases, int fromDay, int youngDays) implements Cause {}

  /// A kernel that is bad wherever it runs: of those there are, the one that covers about a third
  /// of
  /// the fleet's time.
  record BadKernel(int cases) implements Cause {}

  /// A release that is bad wherever it runs.
  record BadRelease(int cases) implements Cause {}

  /// A machine type that cannot live with one kernel.
  record SkuWithKernel(int cases) implements Cause {}

  /// A cluster that is bad from some day on.
  ///
  /// @param fromDay the day on which it turns bad
  record BadCluster(int cases, int fromDay) implements Cause {}

  /// A race that strikes anywhere, in proportion to the exceptions thrown there.
  ///
  /// @param fromDay the day on which its rate begins to climb; it climbs to the end
  record Race(int cases, int fromDay) implements Cause {}

  /// One word for truth files.
  default String word() {
    return switch (this) {
      case BadHost bad -> "bad-host";
      case BadKernel bad -> "bad-kernel";
      case BadRelease bad -> "bad-release";
      case SkuWithKernel bad -> "sku-with-kernel";
      case BadCluster bad -> "bad-cluster";
      case Race race -> "race";
    };
  }
}
