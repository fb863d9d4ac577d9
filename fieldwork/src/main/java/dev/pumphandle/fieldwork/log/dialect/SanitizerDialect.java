package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.RegisterText;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.LogColumns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the sanitizers print when they end a process: a deadly signal, or an error of their own.
///
/// Source: llvm-project compiler-rt/lib/sanitizer_common/sanitizer_symbolizer_report.cpp,
/// ReportDeadlySignalImpl(); lib/asan/asan_errors.cpp. Reports that do not end the process (a data
/// race, a leak, a runtime error of UBSan) are none of ours.
public final class SanitizerDialect implements Dialect {

  private static final Pattern ERROR =
      Pattern.compile(
          "==(\\d+)==\\s?ERROR: (AddressSanitizer|HWAddressSanitizer|UndefinedBehaviorSanitizer|ThreadSanitizer|MemorySanitizer|LeakSanitizer|libFuzzer)"
              + ": ([A-Za-z][\\w-]*)(.*)");

  private static final Pattern ADDRESS =
      Pattern.compile("on (?:unknown )?address (?:\\(?nil\\)?|0x([0-9a-f]+))");

  private static final Pattern REGISTERS =
      Pattern.compile("(?:\\(|at )pc (0x[0-9a-f]+),? bp (0x[0-9a-f]+) sp (0x[0-9a-f]+)");

  private static final Pattern SHORT_REGISTERS = Pattern.compile("\\(pc (0x[0-9a-f]+)");

  private static final Pattern REGISTER =
      Pattern.compile("\\b(r[a-z0-9]{1,2}|x\\d{1,2}|sp|fp|lr) ?= ?0x([0-9a-f]{16})");

  @Override
  public String name() {
    return "sanitizer";
  }

  @Override
  public List<String> literals() {
    return List.of("ERROR: AddressSanitizer: ", "Sanitizer: ", "ERROR: libFuzzer: ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return Lines.find(line, ERROR)
        .filter(
            found -> !found.group(2).equals("LeakSanitizer") && !found.group(3).equals("detected"))
        .map(found -> new Page(sighting(line, found), found.group(1)));
  }

  private Sighting sighting(LogLine line, Matcher found) {
    Sighting sighting = new Sighting(name(), line).extra("sanitizer", found.group(2));
    sighting.row().put(LogColumns.TERMINATION_REASON, found.group(3));
    Lines.id(found.group(1)).ifPresent(sighting::pid);
    OptionalInt signal =
        found.group(3).equals("stack-overflow")
            ? OptionalInt.of(SignalWords.SIGSEGV)
            : SignalWords.number(found.group(3));
    sighting.signal(signal);
    String rest = found.group(4);
    Matcher address = ADDRESS.matcher(rest);
    if (address.find() && SignalWords.isFault(signal.orElse(SignalWords.SIGSEGV))) {
      Lines.hex(String.valueOf(address.group(1)).replace("null", "0")).ifPresent(sighting::address);
    }
    Matcher registers = REGISTERS.matcher(rest);
    Matcher pc = SHORT_REGISTERS.matcher(rest);
    if (registers.find()) {
      // AArch64's report has the same three names: what the machine is, its registers tell later.
      Lines.hex(registers.group(1)).ifPresent(at -> sighting.row().put(FaultColumns.FAULT_PC, at));
      Lines.hex(registers.group(2)).ifPresent(at -> sighting.row().put(FaultColumns.FAULT_FP, at));
      Lines.hex(registers.group(3)).ifPresent(at -> sighting.row().put(FaultColumns.FAULT_SP, at));
      if (signal.isPresent()) {
        Lines.hex(registers.group(1)).ifPresent(at -> sighting.register("rip", at));
        Lines.hex(registers.group(2)).ifPresent(at -> sighting.register("rbp", at));
        Lines.hex(registers.group(3)).ifPresent(at -> sighting.register("rsp", at));
      }
    } else if (pc.find()) {
      Lines.hex(pc.group(1)).ifPresent(at -> sighting.row().put(FaultColumns.FAULT_PC, at));
    }
    return sighting;
  }

  private static final class Page extends Told {
    private final String process;
    private boolean framesEnded;

    Page(Sighting sighting, String process) {
      super(sighting);
      this.process = process;
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      if (text.contains("==" + process + "==ABORTING")) {
        return Take.LAST;
      }
      Optional<Matcher> another = Lines.find(line, ERROR);
      if (another.isPresent()) {
        return Take.OVER;
      }
      Optional<FrameFact> frame = FrameText.numbered(text);
      if (frame.isPresent()) {
        if (!framesEnded) {
          sighting().frame(frame.get());
        }
        return mine(line);
      }
      // The first stack is the death's; those of allocation and freeing follow behind a blank line.
      framesEnded |= text.isBlank() && !sighting().frames().isEmpty();
      if (REGISTER.matcher(text).find()
          && RegisterText.read(text, text.contains("x1 ="), sighting()) > 0) {
        return mine(line);
      }
      if (text.startsWith("==" + process + "==") || text.startsWith("SUMMARY: ")) {
        access(text);
        return mine(line);
      }
      return Take.NOT_MINE;
    }

    private void access(String text) {
      if (text.contains("caused by a READ") || text.contains("caused by a WRITE")) {
        sighting().extra("access", text.contains("READ") ? "read" : "write");
      }
    }
  }
}
