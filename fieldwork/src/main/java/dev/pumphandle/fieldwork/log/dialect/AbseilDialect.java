package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What abseil's failure signal handler prints: the signal, the CPU, and frames with their sizes.
///
/// Source: abseil-cpp absl/debugging/failure_signal_handler.cc, WriteSignalMessage();
/// absl/debugging/internal/examine_stack.cc, DumpPCAndFrameSizeAndSymbol().
///
/// Folklore: some programs hand the same page to their logger a second time, each line behind a
/// prefix; the time in the banner is the same, and so is the death. Seen in Ray. Test:
/// AbseilDialectTest.
public final class AbseilDialect implements Dialect {

  private static final Pattern BANNER =
      Pattern.compile(
          "\\*\\*\\* (SIG[A-Z]+|Signal \\d+) received at time=(\\d{9,11})(?: on cpu (-?\\d+))? \\*\\*\\*");

  private static final Pattern NESTED =
      Pattern.compile(
          "Signal (\\d+) raised at PC=(0x[0-9a-f]+|\\(nil\\)) while already in AbslFailureSignalHandler");

  private static final Pattern PC =
      Pattern.compile(
          "PC: @\\s+(0x[0-9a-f]+|\\(nil\\))(?:\\s+(?:\\(unknown\\)|\\d+)(?=\\s))?(?:\\s+(.*))?$");

  /// Ray's logger names the process and the thread.
  private static final Pattern RAY = Pattern.compile("\\[[\\d: ,-]+ [A-Z] (\\d+) (\\d+)]");

  private static final Pattern WORKER = Pattern.compile("\\((?:\\S+ )?pid=(\\d+)[,)]");

  @Override
  public String name() {
    return "abseil";
  }

  @Override
  public List<String> literals() {
    return List.of(" received at time=", "while already in AbslFailureSignalHandler");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> banner = Lines.find(line, BANNER);
    if (banner.isPresent()) {
      return Optional.of(new Page(sighting(line, banner.get()), banner.get().group(2)));
    }
    return Lines.find(line, NESTED)
        .map(
            nested ->
                new Page(
                    new Sighting(name(), line)
                        .signal(SignalWords.number(nested.group(1)))
                        .extra("handler", "crashed itself"),
                    ""));
  }

  private Sighting sighting(LogLine line, Matcher found) {
    Sighting sighting =
        new Sighting(name(), line)
            .signal(SignalWords.number(found.group(1).replace("Signal ", "")))
            .time(Instant.ofEpochSecond(Long.parseLong(found.group(2))));
    if (found.group(3) != null && !found.group(3).startsWith("-")) {
      sighting.cpu(Integer.parseInt(found.group(3)));
    }
    process(line, sighting);
    return sighting;
  }

  private static void process(LogLine line, Sighting sighting) {
    Matcher ray = RAY.matcher(line.text());
    if (ray.lookingAt()) {
      Lines.id(ray.group(1)).ifPresent(sighting::pid);
      Lines.id(ray.group(2)).ifPresent(sighting::tid);
    }
    Matcher worker = WORKER.matcher(line.text());
    if (worker.lookingAt()) {
      Lines.id(worker.group(1)).ifPresent(sighting::pid);
    }
  }

  private static final class Page extends Told {
    private final String time;
    private boolean repeated;

    Page(Sighting sighting, String time) {
      super(sighting);
      this.time = time;
    }

    @Override
    public Take take(LogLine line) {
      Optional<Matcher> banner = Lines.find(line, BANNER);
      if (banner.isPresent()) {
        repeated = banner.get().group(2).equals(time);
        if (repeated) {
          process(line, sighting());
        }
        return repeated ? mine(line) : Take.OVER;
      }
      if (Lines.find(line, NESTED).isPresent()) {
        sighting().extra("handler", "crashed itself");
        return mine(line);
      }
      Optional<Matcher> pc = Lines.find(line, PC);
      if (pc.isPresent()) {
        String at = pc.get().group(1);
        Optional<Long> value = at.equals("(nil)") ? Optional.of(0L) : Lines.hex(at);
        value.ifPresent(found -> sighting().row().put(FaultColumns.FAULT_PC, found));
        return mine(line);
      }
      Optional<FrameFact> frame = FrameText.at(line.text());
      if (frame.isPresent() && !repeated) {
        sighting().frame(frame.get());
      }
      return frame.isPresent() || line.text().contains("    @ ... and at least ")
          ? mine(line)
          : Take.NOT_MINE;
    }
  }
}
