package dev.pumphandle.app.watch;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a watch is asked to do.
///
/// @param sources logs, directories of logs, or `-`
/// @param once whether it looks once and ends
/// @param exitCode whether a new alert ends it with 10
/// @param every how long to wait between looks
/// @param plan how to look
/// @param receivers who is told besides the person
/// @param token what is sent to them as bearer token
/// @param metricsFile where metrics are written
/// @param metricsAddress where they are served
public record WatchWishes(
    List<String> sources,
    boolean once,
    boolean exitCode,
    Duration every,
    WatchPlan plan,
    Map<WatchState.Receiver, URI> receivers,
    Optional<String> token,
    Optional<Path> metricsFile,
    Optional<InetSocketAddress> metricsAddress) {

  /// Copies the collections.
  public WatchWishes {
    sources = List.copyOf(sources);
    receivers = Map.copyOf(receivers);
  }
}
