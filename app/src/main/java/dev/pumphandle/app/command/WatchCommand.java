package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.question.TimeBound;
import dev.pumphandle.app.watch.WatchPlan;
import dev.pumphandle.app.watch.WatchRun;
import dev.pumphandle.app.watch.WatchState;
import dev.pumphandle.app.watch.WatchWishes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle watch SOURCE…`: has it come back?
@Command(
    name = "watch",
    header = "Has it come back? Observed against expected for each label, and alerts.",
    description = {
      "",
      "Each look takes in what the logs tell that is new, labels it, and holds the cases of each label since the watch"
          + " began against what the time before lets one expect. Without SOURCE it looks at what is in the line list."
          + " An alert is told once, and once more when it is over; what was told is remembered in the workspace.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle watch /var/log/containers --metrics-port 9477",
      "  pumphandle watch --once --since 24h logs/ --exit-code",
      "  journalctl -f -o json | pumphandle watch -",
      "  pumphandle watch --once --webhook https://alerts.example.org/hook",
      "",
      "Addresses that are secrets: PUMPHANDLE_WEBHOOK_URL and PUMPHANDLE_ALERTMANAGER_URL are taken where",
      "the option is missing; PUMPHANDLE_WEBHOOK_TOKEN is sent as a bearer token.",
      "",
    })
public final class WatchCommand implements Verb {
  private static final String LOOPBACK = "127.0.0.1";

  private final Session session;

  @Parameters(
      arity = "0..*",
      paramLabel = "SOURCE",
      description = "Logs, or directories of logs; - for standard input.")
  private List<String> sources = new ArrayList<>();

  @Option(names = "--once", description = "Look once, show the whole picture, and end.")
  private boolean once;

  @Option(
      names = "--exit-code",
      description = "End with 10 when there is a new alert; needs --once.")
  private boolean exitCode;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "How long to wait between looks. Default: 1m.")
  private String every = "1m";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Where the watch begins: 2025-06-03, or an age such as 24h. Default: where it once began, today at first.")
  private @Nullable String since;

  @Option(
      names = "--history",
      paramLabel = "TIME",
      description = "How much time before that is learnt from. Default: 90d.")
  private String history = "90d";

  @Option(
      names = "--false-alarm-every",
      paramLabel = "TIME",
      description = "In how much time one alert may come by chance, over all labels. Default: 30d.")
  private String falseAlarmEvery = "30d";

  @Option(
      names = "--quiet-after",
      paramLabel = "TIME",
      description = "How long after its last alarm an alert is over. Default: 7d.")
  private String quiet = "7d";

  @Option(names = "--by-region", description = "Watch each region by itself too.")
  private boolean byRegion;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "Send alerts as Alertmanager sends them to a webhook.")
  private @Nullable String webhook;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      description = "Send alerts to an Alertmanager, such as http://localhost:9093.")
  private @Nullable String alertmanager;

  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      description = "Write metrics for node_exporter's textfile collector.")
  private @Nullable String metricsFile;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Serve metrics for Prometheus at this port of the loopback address.")
  private @Nullable Integer metricsPort;

  @Option(
      names = "--metrics-address",
      paramLabel = "ADDRESS",
      description = "Serve them at this address instead.")
  private @Nullable String metricsAddress;

  /// The command in one session.
  public WatchCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    if (exitCode && !once) {
      throw CommandException.usage("watch: --exit-code: expected --once beside it");
    }
    Duration wait = TimeBound.age("--every", every);
    if (wait.compareTo(Duration.ofSeconds(1)) < 0) {
      throw CommandException.usage("watch: --every: expected at least 1s, found '" + every + "'");
    }
    Optional<Instant> begin =
        Optional.ofNullable(since).map(t -> TimeBound.parse("--since", t, Instant.now()));
    if (begin.filter(at -> at.isAfter(Instant.now())).isPresent()) {
      throw CommandException.usage(
          "watch: --since: expected a moment that has passed, found '" + since + "'");
    }
    Duration past = TimeBound.age("--history", history);
    if (past.compareTo(Duration.ofDays(1)) < 0) {
      throw CommandException.usage(
          "watch: --history: expected at least 1d, found '" + history + "'");
    }
    Duration budget = TimeBound.age("--false-alarm-every", falseAlarmEvery);
    if (budget.compareTo(Duration.ofDays(1)) < 0) {
      throw CommandException.usage(
          "watch: --false-alarm-every: expected at least 1d, found '" + falseAlarmEvery + "'");
    }
    WatchPlan plan =
        new WatchPlan(begin, past, budget, TimeBound.age("--quiet-after", quiet), byRegion);
    WatchWishes wishes =
        new WatchWishes(
            sources,
            once,
            exitCode,
            wait,
            plan,
            receivers(),
            variable("PUMPHANDLE_WEBHOOK_TOKEN"),
            Optional.ofNullable(metricsFile).map(session::path),
            metricsAt());
    return WatchRun.of(session, OpenedLineList.workspace(session), wishes);
  }

  private Map<WatchState.Receiver, URI> receivers() {
    Map<WatchState.Receiver, URI> all = new EnumMap<>(WatchState.Receiver.class);
    Optional.ofNullable(webhook)
        .or(() -> variable("PUMPHANDLE_WEBHOOK_URL"))
        .ifPresent(url -> all.put(WatchState.Receiver.WEBHOOK, address("--webhook", url)));
    Optional.ofNullable(alertmanager)
        .or(() -> variable("PUMPHANDLE_ALERTMANAGER_URL"))
        .ifPresent(
            url ->
                all.put(
                    WatchState.Receiver.ALERTMANAGER,
                    address("--alertmanager", url.replaceAll("/+$", "") + "/api/v2/alerts")));
    return all;
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(session.surroundings().environment().get(name))
        .filter(value -> !value.isBlank());
  }

  /// The address itself is not said: it may hold a key.
  private static URI address(String option, String url) {
    try {
      URI address = URI.create(url);
      if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // Said below, in the same words.
    }
    throw CommandException.usage(
        "watch: " + option + ": expected an address such as https://alerts.example.org/hook");
  }

  private Optional<InetSocketAddress> metricsAt() {
    if (metricsPort == null) {
      if (metricsAddress != null) {
        throw CommandException.usage("watch: --metrics-address: expected --metrics-port beside it");
      }
      return Optional.empty();
    }
    if (metricsPort < 0 || metricsPort > 65_535) {
      throw CommandException.usage(
          "watch: --metrics-port: expected a number from 0 to 65535, found " + metricsPort);
    }
    InetSocketAddress address =
        new InetSocketAddress(metricsAddress == null ? LOOPBACK : metricsAddress, metricsPort);
    if (address.isUnresolved()) {
      throw CommandException.usage(
          "watch: --metrics-address: expected an address of this machine, found '"
              + metricsAddress
              + "'");
    }
    return Optional.of(address);
  }
}
