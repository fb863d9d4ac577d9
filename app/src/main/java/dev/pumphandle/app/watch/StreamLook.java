package dev.pumphandle.app.watch;

import java.time.Instant;
import java.util.Optional;

/// One stream at one look.
///
/// @param stream which
/// @param from since when it is looked at: since the excess began while an alert goes on
/// @param observed its cases since then
/// @param logOnly of them, those known from logs alone
/// @param expected what its past lets one expect
/// @param hosts how many hosts have had it since then
/// @param newHosts of them, those that never had it before
/// @param chanceOfNone the probability of no case at all in that time
/// @param lastCase its last case, ever
/// @param alert the alert that goes on
record StreamLook(
    StreamName stream,
    Instant from,
    double observed,
    long logOnly,
    double expected,
    long hosts,
    long newHosts,
    double chanceOfNone,
    Optional<Instant> lastCase,
    Optional<Alert> alert) {}
