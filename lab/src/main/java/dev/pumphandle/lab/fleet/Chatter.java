package dev.pumphandle.lab.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What a node says when nothing is wrong, and what a service says that comes back: lines that tell
/// of no death, though one of them talks about it.
final class Chatter {

  /// A line of syslog.
  ///
  /// @param program who says it, with its process number where it has one
  record Said(Instant at, String program, String text) {}

  private final RandomGenerator random;

  Chatter(RandomGenerator random) {
    this.random = random;
  }

  /// A few lines from some minutes before a death.
  List<Said> before(Instant death, long pid) {
    List<Said> said = new ArrayList<>();
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      Instant at = death.minus(micros(500_000 + random.nextInt(240_000_000)));
      said.add(random.nextInt(3) == 0 ? machine(at) : service(at, pid));
    }
    return said;
  }

  /// The service comes back as another process.
  List<Said> after(Instant death, long pid) {
    long next = pid + 3 + random.nextInt(200);
    Instant at = death.plus(micros(1_500_000 + random.nextInt(4_000_000)));
    List<Said> said = new ArrayList<>();
    said.add(
        glog(at, next, 'W', "recovery.cc:58", "the last run ended by a signal, replaying its log"));
    said.add(
        glog(
            at.plus(micros(40_000 + random.nextInt(900_000))),
            next,
            'I',
            "server.cc:204",
            "listening on port 8443"));
    return said;
  }

  private Said service(Instant at, long pid) {
    return switch (random.nextInt(4)) {
      case 0 ->
          glog(
              at,
              pid,
              'I',
              "batcher.cc:112",
              "flushed %d rows to segment %d in %d ms"
                  .formatted(512 * (1 + random.nextInt(16)), segment(), 3 + random.nextInt(60)));
      case 1 ->
          glog(
              at,
              pid,
              'I',
              "compactor.cc:340",
              "merged segments %d and %d".formatted(segment(), segment()));
      case 2 ->
          glog(
              at,
              pid,
              'W',
              "exchange.cc:77",
              "peer 10.%d.%d.%d is slow: %d ms"
                  .formatted(
                      random.nextInt(200),
                      random.nextInt(200),
                      1 + random.nextInt(200),
                      800 + random.nextInt(900)));
      default ->
          glog(
              at, pid, 'E', "rpc.cc:91", "call to peer failed: deadline exceeded, will be retried");
    };
  }

  private Said machine(Instant at) {
    return switch (random.nextInt(4)) {
      case 0 -> new Said(at, "systemd[1]", "Starting Rotate log files...");
      case 1 -> new Said(at, "systemd[1]", "Started Session " + segment() + " of user root.");
      case 2 ->
          new Said(
              at,
              "CRON[" + (300 + random.nextInt(30_000)) + "]",
              "(root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)");
      default ->
          new Said(
              at,
              "kernel",
              "TCP: request_sock_TCP: Possible SYN flooding on port 8443. Sending cookies.");
    };
  }

  private static Duration micros(long count) {
    return Duration.ofNanos(1_000 * count);
  }

  private int segment() {
    return 1_000 + random.nextInt(9_000);
  }

  private static Said glog(Instant at, long pid, char severity, String place, String text) {
    return new Said(
        at,
        FleetPatients.SERVICE + "[" + pid + "]",
        String.format(Locale.ROOT, "%c%s %d %s] %s", severity, LogText.glog(at), pid, place, text));
  }
}
