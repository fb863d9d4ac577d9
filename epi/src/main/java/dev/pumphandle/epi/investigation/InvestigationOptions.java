package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.scan.ScanOptions;

/// How an investigation is run.
///
/// @param alpha the family-wise level of findings
/// @param level the confidence level of intervals
/// @param replicates R, the Monte Carlo replicates of each test
/// @param seed equal seeds give equal results
/// @param threads how many threads share the work; never changes the result
public record InvestigationOptions(
    double alpha, double level, int replicates, long seed, int threads) {

  /// α = 0.05, intervals of 95 %, 999 replicates.
  public static InvestigationOptions usual(long seed, int threads) {
    return new InvestigationOptions(0.05, 0.95, 999, seed, threads);
  }

  /// The same with another number of replicates.
  public InvestigationOptions withReplicates(int count) {
    return new InvestigationOptions(alpha, level, count, seed, threads);
  }

  ScanOptions scan(long purpose) {
    ScanOptions usual = ScanOptions.usual(seed + purpose, threads).withReplicates(replicates);
    return new ScanOptions(
        alpha,
        usual.leastCases(),
        usual.mostSteps(),
        replicates,
        usual.leads(),
        usual.seed(),
        threads);
  }
}
