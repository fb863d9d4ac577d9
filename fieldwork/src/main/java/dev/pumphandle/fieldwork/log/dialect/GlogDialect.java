package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.SignalColumns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What glog's failure signal handler prints.
///
/// Source: google/glog src/signalhandler.cc, DumpTimeInfo(), DumpSignalInfo(),
/// DumpStackFrameInfo(). `LWP n`, the kernel's id of the thread, is there since 0.7; `TID` is
/// pthread_self().
///
/// Folklore: `from PID` is the field of siginfo that a fault uses for its address, so it names a
/// sender only where the signal was sent: SIGABRT, SIGTERM. A fault's signal that the process sends
/// to itself shows as well: nobody reads at an address whose low half is his own process id. Test:
/// GlogDialectTest.
///
/// Folklore: `PC: @ 0x0` is no instruction pointer. src/signalhandler.cc, GetPC() gives NULL where
/// glog was configured without PC_FROM_UCONTEXT. Seen in every page of Debian 12's glog 0.6.0: a
/// read through NULL passed for a jump to 0. Test: GlogDialectTest.
public final class GlogDialect implements Dialect {

  private static final Pattern TIME =
      Pattern.compile("\\*\\*\\* Aborted at (\\d{9,11}) \\(unix time\\)");

  private static final Pattern SIGNAL =
      Pattern.compile(
          "\\*\\*\\* (SIG[A-Z]+|Signal \\d+) \\(@(0x[0-9a-f]+|\\(nil\\)|0)\\) received by PID (\\d+)"
              + "(?: \\((?:TID (0x[0-9a-f]+|\\d+) ?)?(?:LWP (\\d+))?\\))?"
              + "(?: from PID (-?\\d+))?(?:; stack trace:)? ?\\*\\*\\*");

  private static final Pattern PC =
      Pattern.compile("PC: @\\s+(0x[0-9a-f]+|\\(nil\\)|0)(?:\\s+(.*))?$");

  @Override
  public String name() {
    return "glog";
  }

  @Override
  public List<String> literals() {
    return List.of("(unix time)", "received by PID ");
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
    OptionalInt signal = SignalWords.number(found.group(1).replace("Signal ", ""));
    Sighting sighting = new Sighting(name(), line).signal(signal);
    Lines.id(found.group(3)).ifPresent(sighting::pid);
    Lines.id(found.group(5)).ifPresent(sighting::tid);
    Optional<Long> sender = Lines.id(found.group(6));
    boolean sent = sender.isPresent() && sender.equals(Lines.id(found.group(3)));
    if (sent || !SignalWords.isFault(signal.orElse(0))) {
      sender.ifPresent(pid -> sighting.row().put(SignalColumns.SENDER_PID, pid));
    } else {
      pointer(found.group(2)).ifPresent(sighting::address);
    }
    return sighting;
  }

  private static Optional<Long> pointer(String text) {
    return text.equals("(nil)") ? Optional.of(0L) : Lines.hex(text);
  }

  private final class Page implements Report {
    private final Optional<Instant> time;
    private Optional<Sighting> sighting;
    private Optional<FrameFact> first = Optional.empty();

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
      Optional<Matcher> pc = Lines.find(line, PC);
      if (pc.isPresent()) {
        sighting.ifPresent(begun -> begun.text(line));
        first = pointer(pc.get().group(1)).flatMap(at -> frame(at, pc.get()));
        return Take.MINE;
      }
      if (Lines.find(line, TIME).isPresent()) {
        return Take.OVER;
      }
      return sighting.map(begun -> frames(line, begun)).orElse(Take.NOT_MINE);
    }

    private Optional<FrameFact> frame(long at, Matcher pc) {
      return FrameText.frame(Long.toHexString(at), pc.group(2));
    }

    private Take frames(LogLine line, Sighting begun) {
      Optional<FrameFact> frame = FrameText.at(line.text());
      if (frame.isEmpty()) {
        return Take.NOT_MINE;
      }
      begun.text(line).frame(frame.get());
      return Take.MINE;
    }

    @Override
    public Optional<Sighting> end() {
      if (sighting.isPresent() && first.isPresent()) {
        place(sighting.get(), first.get().pc());
      }
      return sighting;
    }

    private static void place(Sighting sighting, long pc) {
      if (pc != 0) {
        sighting.row().put(FaultColumns.FAULT_PC, pc);
        return;
      }
      sighting.missing(FaultColumns.FAULT_PC, "glog prints 0 where it cannot read it");
      if (sighting.row().get(SignalColumns.FAULT_ADDRESS).equals(Optional.of(0L))) {
        sighting.row().put(ControlColumns.CONTROL_ARRIVED, "unknown");
        sighting
            .row()
            .put(
                ControlColumns.CONTROL_EVIDENCE,
                "place and address are 0: control was sent to 0, or glog cannot read the place");
      }
    }
  }
}
