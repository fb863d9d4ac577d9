package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.LogColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JVM's fatal error report: the banner on standard output, and the file hs_err_pid*.log with
/// registers, the top of the stack, the instructions and the machine.
///
/// Source: openjdk/jdk src/hotspot/share/utilities/vmError.cpp, VMError::report();
/// src/hotspot/os_cpu/linux_x86/os_linux_x86.cpp and linux_aarch64, os::print_context();
/// src/hotspot/os/posix/signals_posix.cpp, os::print_siginfo().
///
/// Folklore: the JVM aborts after its report, so the core's registers lie inside abort(), and the
/// kernel logs nothing: the report is the better witness. Test: HsErrDialectTest.
public final class HsErrDialect implements Dialect {

  private static final String BANNER =
      "A fatal error has been detected by the Java Runtime Environment";
  private static final String MEMORY =
      "There is insufficient memory for the Java Runtime Environment";

  private static final Pattern SIGNAL =
      Pattern.compile(
          "#\\s+(SIG[A-Z]+) \\(0x([0-9a-f]+)\\) at pc=0x([0-9a-f]+), pid=(\\d+), tid=(0x[0-9a-f]+|\\d+)");

  private static final Pattern INTERNAL =
      Pattern.compile(
          "#\\s+(Internal Error|Out of Memory Error) \\((.*?)\\), pid=(\\d+), tid=(0x[0-9a-f]+|\\d+)");

  @Override
  public String name() {
    return "hs-err";
  }

  @Override
  public List<String> literals() {
    return List.of(BANNER, MEMORY);
  }

  @Override
  public Optional<Report> open(LogLine line) {
    String text = line.text().strip();
    boolean begins = text.startsWith("#") || text.startsWith("| #");
    return begins && (text.contains(BANNER) || text.contains(MEMORY))
        ? Optional.of(new Page(line))
        : Optional.empty();
  }

  private final class Page implements Report {
    private final Sighting sighting;
    private final HsErrSections sections;
    private boolean told;

    Page(LogLine line) {
      this.sighting = new Sighting(name(), line);
      this.sections = new HsErrSections(sighting);
      if (line.text().contains(MEMORY)) {
        sighting.row().put(LogColumns.TERMINATION_REASON, "insufficient memory");
      }
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      if (text.contains(BANNER)) {
        return Take.OVER;
      }
      if (!told && header(text)) {
        told = true;
        sighting.text(line);
        return Take.MINE;
      }
      if (text.startsWith("#")) {
        sections.banner(text);
        sighting.text(line);
        return Take.MINE;
      }
      if (text.equals("END.")) {
        return Take.LAST;
      }
      return sections.take(text) ? Take.MINE : Take.NOT_MINE;
    }

    private boolean header(String text) {
      Matcher signal = SIGNAL.matcher(text);
      if (signal.find()) {
        sighting.signal(SignalWords.number(signal.group(1)));
        Lines.hex(signal.group(3)).ifPresent(sections::pc);
        process(signal.group(4), signal.group(5));
        return true;
      }
      Matcher internal = INTERNAL.matcher(text);
      if (internal.find()) {
        // The JVM found itself wrong, and aborts.
        sighting
            .signal(SignalWords.SIGABRT)
            .abortMessage(internal.group(1) + " (" + internal.group(2) + ")");
        process(internal.group(3), internal.group(4));
        return true;
      }
      return false;
    }

    private void process(String pid, String tid) {
      Lines.id(pid).ifPresent(sighting::pid);
      // Before JDK 9 it is pthread_self() in hex or decimal: too large for the kernel's id.
      Lines.id(tid).filter(id -> id < 1L << 22).ifPresent(sighting::tid);
    }

    @Override
    public Optional<Sighting> end() {
      sections.end();
      return told ? Optional.of(sighting) : Optional.empty();
    }
  }
}
