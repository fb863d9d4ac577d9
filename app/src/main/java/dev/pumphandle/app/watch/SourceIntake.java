package dev.pumphandle.app.watch;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.Version;
import dev.pumphandle.fieldwork.log.LogScan;
import dev.pumphandle.fieldwork.log.LogSource;
import dev.pumphandle.fieldwork.log.dialect.StandardDialects;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.SeenObjects;
import dev.pumphandle.registry.Workspace;
import dev.pumphandle.stores.PlainStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Logs as they grow, into the line list.
///
/// A file that is as it was is not opened; one that has grown is read from a little before where it
/// ended; one that was cut, or is another file under the old name, from its beginning. Standard
/// input is read beside, as it comes.
final class SourceIntake implements Watching.Intake, AutoCloseable {

  private static final String STANDARD_INPUT = "-";
  private static final ZoneId CLOCK = ZoneOffset.UTC;

  private final Session session;
  private final Workspace workspace;
  private final List<String> sources;
  private final LogScan scan = new LogScan(StandardDialects.all(), Version.current());
  private final ConcurrentLinkedQueue<CaseRow> heard = new ConcurrentLinkedQueue<>();
  private final CountDownLatch silent = new CountDownLatch(1);
  private final boolean listens;
  private final Set<String> complaints = new HashSet<>();
  private @Nullable Thread listener;

  SourceIntake(Session session, Workspace workspace, List<String> sources) {
    this.session = session;
    this.workspace = workspace;
    this.sources = List.copyOf(sources);
    for (String source : sources) {
      if (!source.equals(STANDARD_INPUT) && !Files.exists(session.path(source))) {
        throw CommandException.usage(
            "watch: " + source + ": expected a log or a directory of logs, found nothing");
      }
    }
    listens = sources.contains(STANDARD_INPUT);
    if (listens) {
      listener = Thread.ofPlatform().daemon().name("standard input").start(this::listen);
    }
  }

  private void listen() {
    LogSource source = new LogSource("stdin:", Instant.now(), CLOCK, Map.of());
    try (InputStream in = PlainStream.of(session.surroundings().in())) {
      scan.read(source, in, heard::add);
    } catch (IOException e) {
      complain("standard input: " + e.getMessage());
    } finally {
      silent.countDown();
    }
  }

  /// Waits until standard input has ended, where it is listened to.
  void await() {
    try {
      if (listens) {
        silent.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether nothing more can come: standard input was all there was, and has ended.
  boolean ended() {
    return listens && sources.size() == 1 && silent.getCount() == 0;
  }

  /// How many sources could not be read, by what was said of them.
  long unreadable() {
    return complaints.size();
  }

  @Override
  public void takeIn() throws IOException {
    List<Path> files = files();
    if (files.isEmpty() && heard.isEmpty()) {
      return;
    }
    Path data = workspace.root().resolve("data");
    FileMarks marks = FileMarks.read(data);
    List<Grown> grown = new ArrayList<>();
    for (Path file : files) {
      Grown.of(file, marks).ifPresent(grown::add);
    }
    if (grown.isEmpty() && heard.isEmpty()) {
      return;
    }
    SeenObjects seen;
    try (LineList list = LineList.open(workspace)) {
      seen = list.seen();
    }
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      for (CaseRow row = heard.poll(); row != null; row = heard.poll()) {
        keep(row, seen, writer);
      }
      for (Grown each : grown) {
        read(each, marks, seen, writer);
      }
      writer.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    marks.write(); // only now: what is marked as read stands in the line list
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      if (source.equals(STANDARD_INPUT)) {
        continue;
      }
      Path path = session.path(source);
      try (Stream<Path> below = Files.walk(path)) {
        below.filter(Files::isRegularFile).sorted().forEach(files::add);
      } catch (IOException | UncheckedIOException e) {
        complain(source + ": " + e.getMessage());
      }
    }
    return files;
  }

  private void read(Grown grown, FileMarks marks, SeenObjects seen, CaseWriter writer) {
    try (FileChannel channel = FileChannel.open(grown.file())) {
      channel.position(grown.from().offset());
      InputStream bytes = Channels.newInputStream(channel);
      boolean packed = grown.from().offset() == 0 && PlainStream.packed(grown.file());
      LineMarks lines = new LineMarks(packed ? PlainStream.of(bytes) : bytes, grown.from());
      LogScan.Read done =
          scan.readOn(
              grown.source(),
              lines,
              grown.from().line(),
              row -> {
                if (row.get(LogColumns.LOG_LINE).orElse(0L) > grown.settled()) {
                  keep(row, seen, writer);
                }
              });
      boolean byLine = !packed && done.lines() == lines.lines();
      LineMarks.Mark start = new LineMarks.Mark(0, 0);
      marks.put(
          grown.key(),
          grown.read(
              byLine ? lines.resume() : start, byLine ? lines.settled().line() : start.line()));
    } catch (IOException e) {
      complain(grown.file() + ": " + e.getMessage());
    }
  }

  private static void keep(CaseRow row, SeenObjects seen, CaseWriter writer) {
    String uri = row.get(IdentityColumns.OBJECT_URI).orElseThrow();
    String version = row.get(IdentityColumns.OBJECT_VERSION).orElse("");
    if (!seen.contains(uri, version)) {
      try {
        writer.append(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // no fault of the log: it ends the look
      }
    }
  }

  /// Says once what is wrong with a source.
  private void complain(String problem) {
    if (complaints.add(problem)) {
      session.say("pumphandle: " + problem);
    }
  }

  @Override
  public void close() {
    Thread listening = listener;
    if (listening != null) {
      listening.interrupt();
    }
  }

  /// A file that is not as it was when it was last read.
  private record Grown(
      Path file,
      String key,
      String uri,
      long bytes,
      long modified,
      LineMarks.Mark from,
      long settled) {

    static Optional<Grown> of(Path file, FileMarks marks) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        String key = String.valueOf(now.fileKey() == null ? file.toUri() : now.fileKey());
        long modified = now.lastModifiedTime().toMillis();
        Optional<FileMarks.Read> before = marks.of(key);
        if (before.filter(b -> b.bytes() == now.size() && b.modified() == modified).isPresent()) {
          return Optional.empty();
        }
        boolean goesOn = before.filter(b -> b.bytes() <= now.size()).isPresent();
        return Optional.of(
            new Grown(
                file,
                key,
                goesOn ? before.get().uri() : file.toUri().toString(),
                now.size(),
                modified,
                goesOn ? before.get().resume() : new LineMarks.Mark(0, 0),
                goesOn ? before.get().settled() : 0));
      } catch (IOException _) {
        return Optional.empty(); // it has gone since it was listed: rotated away
      }
    }

    LogSource source() {
      return new LogSource(uri, Instant.ofEpochMilli(modified), CLOCK, Map.of());
    }

    FileMarks.Read read(LineMarks.Mark resume, long settled) {
      return new FileMarks.Read(uri, bytes, modified, resume, settled);
    }
  }
}
