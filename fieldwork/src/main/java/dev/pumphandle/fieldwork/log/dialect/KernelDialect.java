package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel of x86 says of a process that it kills for a fault: `segfault at …` and `traps:
/// …`, and the `Code:` line behind either.
///
/// Source: Linux v6.12 arch/x86/mm/fault.c, show_signal_msg(); arch/x86/kernel/traps.c,
/// show_signal(), do_error_trap() and its callers; arch/x86/kernel/dumpstack.c, show_opcodes().
/// Before 2.6.27 ip was written `rip` and sp `rsp`; until 2013 a `traps:` line had no such prefix.
///
/// Folklore: before Linux 4.15 a NULL instruction pointer was written `ip           (null)`. It is
/// 0. Test: KernelDialectTest.
///
/// Folklore: a process with a handler of its own leaves no such line, whatever killed it: the
/// kernel speaks only of unhandled signals (show_signal_msg() returns early). So where services
/// have handlers, silence in the kernel's log says nothing.
public final class KernelDialect implements Dialect {

  private static final Pattern SEGFAULT =
      Pattern.compile(
          "(?:traps: )?(.{1,15}?)\\[(\\d+)]: segfault at +([0-9a-f]+|\\(null\\)) r?e?ip +([0-9a-f]+|\\(null\\))"
              + " +r?e?sp +([0-9a-f]+|\\(null\\)) error ([0-9a-f]+)(.*)");

  private static final Pattern TRAP =
      Pattern.compile(
          "(?:traps: )?(.{1,15}?)\\[(\\d+)]:? (?:trap )?(divide error|int3|overflow|bounds|"
              + "invalid opcode|coprocessor segment overrun|invalid TSS|segment not present|"
              + "stack segment|general protection(?: fault)?|alignment check|control protection|"
              + "split lock|simd exception)"
              + " r?ip:([0-9a-f]+) r?sp:([0-9a-f]+)(?: ssp:[0-9a-f]+)? error:([0-9a-f]+)(.*)");

  private static final Pattern MODULE =
      Pattern.compile(" in (\\S+?)\\[(?:([0-9a-f]+),)?([0-9a-f]+)\\+([0-9a-f]+)]");

  private static final Pattern CPU = Pattern.compile(" likely on CPU (\\d+)");

  private static final Pattern CODE =
      Pattern.compile("Code: ((?:[0-9a-f]{2} )*)<([0-9a-f]{2})>((?: [0-9a-f]{2})*)");

  private static final Pattern NO_CODE = Pattern.compile("Code: (?:Unable to access|Bad RIP)");

  private record Trap(int number, int signal, int code) {}

  /// Trap number, signal and si_code of each name.
  private static final Map<String, Trap> TRAPS =
      Map.ofEntries(
          Map.entry("divide error", new Trap(0, 8, 1)),
          Map.entry("int3", new Trap(3, 5, 128)),
          Map.entry("overflow", new Trap(4, 11, 128)),
          Map.entry("bounds", new Trap(5, 11, 128)),
          Map.entry("invalid opcode", new Trap(6, 4, 2)),
          Map.entry("coprocessor segment overrun", new Trap(9, 8, 128)),
          Map.entry("invalid TSS", new Trap(10, 11, 128)),
          Map.entry("segment not present", new Trap(11, 7, 128)),
          Map.entry("stack segment", new Trap(12, 7, 128)),
          Map.entry("general protection", new Trap(13, 11, 128)),
          Map.entry("general protection fault", new Trap(13, 11, 128)),
          Map.entry("alignment check", new Trap(17, 7, 1)),
          Map.entry("simd exception", new Trap(19, 8, 0)),
          Map.entry("control protection", new Trap(21, 11, 10)),
          Map.entry("split lock", new Trap(17, 7, 1)));

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public List<String> literals() {
    return List.of(": segfault at ", " ip:", " rip:");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> segfault = KernelText.find(line, SEGFAULT);
    if (segfault.isPresent()) {
      return Optional.of(new Fault(segfault(line, segfault.get())));
    }
    return KernelText.find(line, TRAP).map(trap -> new Fault(trap(line, trap)));
  }

  private Sighting segfault(LogLine line, Matcher found) {
    long error = Lines.hex(found.group(6)).orElse(0L);
    Sighting sighting = begun(line, found).signal(11).trap(14).error(error);
    pointer(found.group(3)).ifPresent(sighting::address);
    if ((error & 1) != 0) {
      sighting.code(2); // a present page that may not be used so: SEGV_ACCERR
    } else if (pointer(found.group(3)).filter(at -> at >= 0 && at < 65536).isPresent()) {
      sighting.code(1); // where nothing is ever mapped: SEGV_MAPERR
    }
    return ended(sighting, found);
  }

  private Sighting trap(LogLine line, Matcher found) {
    Trap trap = TRAPS.getOrDefault(found.group(3), new Trap(13, 11, 128));
    Sighting sighting = begun(line, found).signal(trap.signal()).trap(trap.number());
    if (trap.code() != 0) {
      sighting.code(trap.code());
    }
    return ended(sighting, found);
  }

  private Sighting begun(LogLine line, Matcher found) {
    Sighting sighting = new Sighting(name(), line).executable(found.group(1).strip());
    // The kernel names the thread, by its id and its own name; often it is the first and only one.
    Lines.id(found.group(2)).ifPresent(id -> sighting.tid(id).pid(id));
    return sighting.missing(
        ProcessColumns.PROCESS_PID, "the kernel names the thread: its process may have another id");
  }

  private static Sighting ended(Sighting sighting, Matcher found) {
    pointer(found.group(4)).ifPresent(pc -> sighting.register("rip", pc));
    pointer(found.group(5)).ifPresent(sp -> sighting.register("rsp", sp));
    String rest = found.group(7);
    Matcher cpu = CPU.matcher(rest);
    if (cpu.find()) {
      sighting.cpu(Integer.parseInt(cpu.group(1)));
    }
    Matcher module = MODULE.matcher(rest);
    if (module.find()) {
      KernelFrame.of(sighting, module);
    }
    return sighting;
  }

  private static Optional<Long> pointer(String text) {
    return text.equals("(null)") ? Optional.of(0L) : Lines.hex(text);
  }

  /// The fault, and the bytes of its instruction if they follow.
  private static final class Fault implements Report {
    private final Sighting sighting;

    Fault(Sighting sighting) {
      this.sighting = sighting;
    }

    @Override
    public Take take(LogLine line) {
      Matcher code = CODE.matcher(line.text());
      if (code.lookingAt()) {
        String after = code.group(3).replace(" ", "");
        sighting.row().put(FaultColumns.INSTRUCTION_BYTES, code.group(2) + after);
        sighting.text(line);
        return Take.LAST;
      }
      if (NO_CODE.matcher(line.text()).lookingAt()) {
        sighting.text(line);
        return Take.LAST;
      }
      return line.text().contains(": segfault at ") || line.text().startsWith("traps: ")
          ? Take.OVER
          : Take.NOT_MINE;
    }

    @Override
    public Optional<Sighting> end() {
      return Optional.of(sighting);
    }
  }
}
