package dev.pumphandle.epi.scan;

/// How a scan is run.
///
/// @param alpha the family-wise level below which a finding is accepted
/// @param leastCases how many cases a subset needs to be looked at
/// @param mostSteps how many findings at most
/// @param replicates R, the Monte Carlo replicates of each step
/// @param leads how many candidates that miss significance are kept to be shown as leads
/// @param seed the seed; the same seed gives the same result
/// @param threads how many threads share the replicates; never changes the result
public record ScanOptions(
    double alpha,
    int leastCases,
    int mostSteps,
    int replicates,
    int leads,
    long seed,
    int threads) {

  /// α = 0.05, 3 cases, 6 steps, 999 replicates, 10 leads.
  public static ScanOptions usual(long seed, int threads) {
    return new ScanOptions(0.05, 3, 6, 999, 10, seed, threads);
  }

  /// The same with another number of replicates.
  public ScanOptions withReplicates(int count) {
    return new ScanOptions(alpha, leastCases, mostSteps, count, leads, seed, threads);
  }

  /// The same with another number of threads.
  public ScanOptions withThreads(int count) {
    return new ScanOptions(alpha, leastCases, mostSteps, replicates, leads, seed, count);
  }
}
