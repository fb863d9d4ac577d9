package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.collect.Bounds;
import dev.pumphandle.app.collect.Collecting;
import dev.pumphandle.app.collect.Interruption;
import dev.pumphandle.app.collect.Lookout;
import dev.pumphandle.app.collect.Summary;
import dev.pumphandle.app.collect.Wishes;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.question.ByteSize;
import dev.pumphandle.app.question.TimeBound;
import dev.pumphandle.registry.Workspace;
import dev.pumphandle.stores.StreamedSource;
import dev.pumphandle.stores.bucket.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle collect PLACE…`: cores in, rows out.
@Command(
    name = "collect",
    header = "Read cores and write one row for each into the line list.",
    description = {
      "",
      "A place is a file, a directory, or a bucket of an object store with the beginning of its names. "
          + "Directories are walked to the bottom; compressed cores (zst, gz, xz, lz4, bz2) are read as they are, and so are"
          + " tar and zip archives, exports of the journal (journalctl -o json or -o export), apport's reports, ABRT's problem"
          + " directories and the zips of core-dump-handler: one row for each core in them. An object"
          + " whose version is in the line list already is not read again, so a round that was stopped goes on where it"
          + " was. What cannot be read becomes a row that says why.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle collect /var/lib/systemd/coredump",
      "  pumphandle collect journal.json cores.tar.zst /var/crash /var/spool/abrt",
      "  pumphandle collect /mnt/cores --since 7d --key-pattern '{k8s_cluster_name}/core.%%e.%%p.%%t.%%h'",
      "  pumphandle collect az://account/container/cores/ s3://bucket/cores/ gs://bucket/",
      "  pumphandle collect core.4242 --debug-dir ./symbols",
      "  pumphandle collect /mnt/cores --dry-run     what would be read, and how much of it there is",
      "",
    })
public final class CollectCommand implements Verb {
  private static final int MOST_JOBS = 1024;
  private static final double SLOWEST = 0.01;
  private static final double FASTEST = 100_000;
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Session session;

  @Parameters(
      arity = "1..*",
      paramLabel = "PLACE",
      description =
          "A path, file:, az://account/container/prefix, s3://bucket/prefix or gs://bucket/prefix.")
  private List<String> places = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "How many cores to read at a time. Default: twice the processors; from object stores, 64.")
  private @Nullable Integer jobs;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only objects written since then: 2025-06-03, or an age such as 7d.")
  private @Nullable String since;

  @Option(
      names = "--key-pattern",
      paramLabel = "PATTERN",
      description =
          "How object names are read: core_pattern syntax (core.%%e.%%p.%%t.%%h) and {column} names.")
  private @Nullable String keyPattern;

  @Option(
      names = "--debug-dir",
      paramLabel = "DIR",
      description = "Where executables and debug files lie; found by build-id. May be repeated.")
  private List<String> debugDirectories = new ArrayList<>();

  @Option(
      names = "--scan-limit",
      paramLabel = "SIZE",
      description = "How far to look into a compressed core. Default: 256M.")
  private @Nullable String scanLimit;

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      description = "Begin nothing new once so much has been fetched: 10G.")
  private @Nullable String maxBytes;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Begin nothing new once object stores have been asked so often.")
  private @Nullable Long maxRequests;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Ask object stores at most so often in a second.")
  private @Nullable Double rate;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Keep what was fetched from object stores here, for the next time. Several may share it.")
  private @Nullable String cache;

  @Option(
      names = "--cache-size",
      paramLabel = "SIZE",
      description = "How much the cache may hold. Default: 1G.")
  private @Nullable String cacheSize;

  @Option(names = "--watch", description = "Go on: look again and again for cores that have come.")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "How long to wait between looks, with --watch. Default: 10m.")
  private @Nullable String every;

  @Option(
      names = "--dry-run",
      description = "List what would be read; read nothing, write nothing.")
  private boolean dryRun;

  /// The command in one session.
  public CollectCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    if (jobs != null && (jobs < 1 || jobs > MOST_JOBS)) {
      throw CommandException.usage(
          "collect: --jobs: expected a number from 1 to " + MOST_JOBS + ", found " + jobs);
    }
    Wishes wishes =
        new Wishes(
            jobs == null ? Wishes.NONE.jobs() : jobs,
            jobs == null ? Wishes.REMOTE_JOBS : jobs,
            Optional.ofNullable(since).map(t -> TimeBound.parse("--since", t, Instant.now())),
            Optional.ofNullable(keyPattern),
            debugDirectories.stream().<Path>map(session::path).toList(),
            scanLimit == null
                ? StreamedSource.DEFAULT_SCAN_LIMIT
                : ByteSize.parse("--scan-limit", scanLimit),
            bounds(),
            dryRun);
    Duration pause = pause();
    Workspace workspace = OpenedLineList.workspace(session);
    try (Interruption interruption = Interruption.watch(session)) {
      if (watch) {
        return new Lookout(session, workspace, wishes, interruption, pause).run(places);
      }
      return told(new Collecting(session, workspace, wishes, interruption).run(places));
    }
  }

  private Duration pause() {
    if (every != null && !watch) {
      throw CommandException.usage("collect: --every: expected --watch beside it");
    }
    if (watch && dryRun) {
      throw CommandException.usage("collect: --watch: expected no --dry-run beside it");
    }
    Duration pause = every == null ? EVERY : TimeBound.age("--every", every);
    if (pause.compareTo(Duration.ofSeconds(1)) < 0) {
      throw CommandException.usage("collect: --every: expected at least 1s, found '" + every + "'");
    }
    return pause;
  }

  private Bounds bounds() {
    if (maxRequests != null && maxRequests < 1) {
      throw CommandException.usage(
          "collect: --max-requests: expected a number from 1 on, found " + maxRequests);
    }
    if (rate != null && !(rate >= SLOWEST && rate <= FASTEST)) {
      throw CommandException.usage(
          "collect: --rate: expected requests per second from 0.01 to 100000, found " + rate);
    }
    if (cacheSize != null && cache == null) {
      throw CommandException.usage("collect: --cache-size: expected --cache DIR beside it");
    }
    return new Bounds(
        maxBytes == null
            ? OptionalLong.empty()
            : OptionalLong.of(ByteSize.parse("--max-bytes", maxBytes)),
        maxRequests == null ? OptionalLong.empty() : OptionalLong.of(maxRequests),
        rate == null ? Pace.FREE : Pace.of(rate),
        Optional.ofNullable(cache).map(session::path),
        cacheSize == null ? Bounds.CACHE_BYTES : ByteSize.parse("--cache-size", cacheSize));
  }

  private ExitCode told(Summary summary) throws IOException {
    if (session.formatAsked() && session.format() != OutputFormat.TABLE) {
      session.print(summary.grid());
      session.out().flush();
    }
    session.say(summary.sentence());
    summary.details().forEach(session::say);
    if (summary.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    session.suggest(
        summary.tally().done() + summary.tally().passed() > 0 ? "label" : "collect PLACE…");
    return summary.unreadable() > 0 ? ExitCode.SOME_UNREADABLE : ExitCode.OK;
  }
}
