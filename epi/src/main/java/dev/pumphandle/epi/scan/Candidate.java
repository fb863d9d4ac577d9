package dev.pumphandle.epi.scan;

/// A subset with what was seen and expected in it.
///
/// @param set the subset
/// @param cases cases in it, c
/// @param expected cases expected in it, μ, given what has been accepted so far
/// @param crashes all crashes in it where cases are compared with other crashes, NaN elsewhere
/// @param known cases of which the deciding attributes are known, what μ sums to over the family
/// @param llr the log likelihood ratio
/// @param score the ratio less the penalty of its family
public record Candidate(
    ScanSet set,
    double cases,
    double expected,
    double crashes,
    double known,
    double llr,
    double score) {}
