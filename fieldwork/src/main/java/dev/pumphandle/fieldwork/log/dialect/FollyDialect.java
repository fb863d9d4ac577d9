package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.SignalColumns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What folly's fatal signal handler prints: no registers, but the signal, its address and its
/// reason in words, the thread, and a stack trace.
///
/// Source: facebook/folly folly/debugging/symbolizer/SignalHandler.cpp, dumpTimeInfo(),
/// dumpSignalInfo(); SymbolizePrinter.cpp. Before 2019 without `pthread`, `linux TID` and `code:`.
///
/// Folklore: `sent by kernel (SI_KERNEL)` on a SIGSEGV is a general protection fault: its address
/// is 0 and means nothing. Test: FollyDialectTest.
///
/// Folklore: `maybe from PID` stands there only where si_code is not positive: somebody sent the
/// signal. Test: FollyDialectTest.
public final class FollyDialect implements Dialect {

  private static final Pattern TIME =
      Pattern.compile(
          "\\*\\*\\* Aborted at (\\d{9,11}) \\(Unix time, try 'date -d @\\d+'\\) \\*\\*\\*");

  private static final Pattern SIGNAL =
      Pattern.compile(
          "\\*\\*\\* Signal (\\d{1,2})(?: \\((SIG\\w+)\\))?(?: \\((0x[0-9a-f]+|\\(?nil\\)?)\\))? received by PID (\\d+)"
              + "(?: \\((?:pthread )?TID (0x[0-9a-f]+|\\d+)\\))?(?: \\(linux TID (\\d+)\\))?"
              + "(?: \\(maybe from PID (\\d+), UID (\\d+)\\))?"
              + "(?: \\(code: ((?:[^()]|\\([^()]*\\))*)\\))?,? stack trace: \\*\\*\\*");

  private static final Pattern SOURCE = Pattern.compile("^\\s{4,}(?:\\S+:\\d+|-> \\S+)");

  @Override
  public String name() {
    return "folly";
  }

  @Override
  public List<String> literals() {
    return List.of("(Unix time, try ", "*** Signal ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> signal = Lines.find(line, SIGNAL);
    if (signal.isPresent()) {
      return Optional.of(new Page(Optional.empty(), Optional.of(sighting(line, signal.get()))));
    }
    return Lines.find(line, TIME).map(time -> new Page(Optional.of(at(time)), Optional.empty()));
  }

  private static Instant at(Matcher time) {
    return Instant.ofEpochSecond(Long.parseLong(time.group(1)));
  }

  private Sighting sighting(LogLine line, Matcher found) {
    int signal = Integer.parseInt(found.group(1));
    Sighting sighting = new Sighting(name(), line).signal(signal);
    Lines.id(found.group(4)).ifPresent(sighting::pid);
    Lines.id(found.group(6)).ifPresent(sighting::tid);
    if (found.group(3) != null && SignalWords.isFault(signal)) {
      Lines.hex(found.group(3)).ifPresent(sighting::address);
    }
    OptionalInt code =
        found.group(9) == null ? OptionalInt.empty() : SignalWords.code(found.group(9));
    code.ifPresent(sighting::code);
    Lines.id(found.group(7))
        .ifPresent(sender -> sighting.row().put(SignalColumns.SENDER_PID, sender));
    if (found.group(8) != null) {
      sighting.row().put(SignalColumns.SENDER_UID, Long.parseLong(found.group(8)));
    }
    return sighting;
  }

  private final class Page implements Report {
    private final Optional<Instant> time;
    private Optional<Sighting> sighting;

    Page(Optional<Instant> time, Optional<Sighting> sighting) {
      this.time = time;
      this.sighting = sighting;
    }

    @Override
    public Take take(LogLine line) {
      Optional<Matcher> signal = Lines.find(line, SIGNAL);
      if (signal.isPresent()) {
        if (sighting.isPresent()) {
          return Take.OVER;
        }
        Sighting begun = sighting(line, signal.get());
        time.ifPresent(begun::time);
        sighting = Optional.of(begun);
        return Take.MINE;
      }
      if (Lines.find(line, TIME).isPresent()) {
        return Take.OVER;
      }
      return sighting.isPresent() ? belongs(line, sighting.get()) : Take.NOT_MINE;
    }

    private Take belongs(LogLine line, Sighting begun) {
      Optional<FrameFact> frame = FrameText.at(line.text());
      frame.ifPresent(begun::frame);
      if (frame.isPresent() || SOURCE.matcher(line.text()).lookingAt()) {
        begun.text(line);
        return Take.MINE;
      }
      if (line.text().contains("Entered fatal signal handler recursively")) {
        begun.text(line).extra("handler", "entered recursively");
        return Take.MINE;
      }
      return Take.NOT_MINE;
    }

    @Override
    public Optional<Sighting> end() {
      return sighting;
    }
  }
}
