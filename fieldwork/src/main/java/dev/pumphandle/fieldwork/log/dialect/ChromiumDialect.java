package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.RegisterText;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.SignalColumns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Chromium, Electron and V8 print: the signal with its code and address, frames, and on
/// x86-64 every register, with the trap, the error and cr2.
///
/// Source: chromium base/debug/stack_trace_posix.cc, StackDumpSignalHandler(); V8 has a copy,
/// src/base/debug/stack_trace_posix.cc, without registers.
public final class ChromiumDialect implements Dialect {

  private static final Pattern BANNER =
      Pattern.compile(
          "Received signal (\\d{1,2})(?: (<unknown>|[A-Z]{2,4}_[A-Z]+))?(?: ?([0-9a-f]{8,16}))?\\s*$");

  private static final Pattern PROCESS = Pattern.compile("\\[(\\d+):(\\d+):\\d{4}/\\d{6}");

  private static final Pattern BARE = Pattern.compile("^\\s*\\[0x([0-9a-f]{6,16})]\\s*$");

  private static final String END = "[end of stack trace]";

  @Override
  public String name() {
    return "chromium";
  }

  @Override
  public List<String> literals() {
    return List.of("Received signal ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return Lines.find(line, BANNER).flatMap(banner -> sighting(line, banner)).map(Page::new);
  }

  private Optional<Sighting> sighting(LogLine line, Matcher found) {
    int signal = Integer.parseInt(found.group(1));
    if (!SignalWords.isCrash(signal)) {
      return Optional.empty(); // servers of all kinds say so of SIGTERM and SIGHUP
    }
    Sighting sighting = new Sighting(name(), line).signal(signal);
    OptionalInt code =
        found.group(2) == null ? OptionalInt.empty() : SignalWords.code(found.group(2));
    code.ifPresent(sighting::code);
    if (found.group(3) != null && SignalWords.isFault(signal)) {
      Lines.hex(found.group(3)).ifPresent(sighting::address);
    }
    Matcher process = PROCESS.matcher(line.text());
    if (process.lookingAt()) {
      Lines.id(process.group(1)).ifPresent(sighting::pid);
      Lines.id(process.group(2)).ifPresent(sighting::tid);
    }
    return Optional.of(sighting);
  }

  private static final class Page extends Told {

    Page(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      if (line.text().contains(END)) {
        return Take.LAST;
      }
      if (Lines.find(line, BANNER).isPresent()) {
        return Take.OVER;
      }
      if (RegisterText.read(line.text(), false, sighting()) > 0) {
        return mine(line);
      }
      Matcher bare = BARE.matcher(line.text());
      Optional<FrameFact> frame =
          bare.matches() ? FrameText.frame(bare.group(1), null) : FrameText.numbered(line.text());
      frame.ifPresent(sighting()::frame);
      return frame.isPresent() || line.text().contains("==== C stack trace")
          ? mine(line)
          : Take.NOT_MINE;
    }

    /// Trap and error are of the last fault that the thread had: where none struck they are stale.
    @Override
    public Optional<Sighting> end() {
      if (!SignalWords.isFault(sighting().row().get(SignalColumns.SIGNAL_NUMBER).orElse(0))) {
        sighting().row().remove(SignalColumns.TRAP_NUMBER).remove(SignalColumns.PAGE_FAULT_ERROR);
      }
      return super.end();
    }
  }
}
