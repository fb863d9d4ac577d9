package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.RegisterText;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What kernels other than x86's say of a process they kill; AArch64's with all its registers.
///
/// Source: Linux v6.12 arch/arm64/kernel/traps.c, arm64_show_signal(): `unhandled exception: CLASS,
/// ESR 0x…, FAULT in FILE[…]`, without the signal's number; v4.14 arch/arm64/mm/fault.c,
/// __do_user_fault(): `unhandled FAULT (SIGNAL) at ADDRESS, esr 0x…`; arch/arm64/kernel/process.c,
/// __show_regs(); arch/powerpc/kernel/traps.c, show_signal_msg(); arch/riscv/kernel/traps.c,
/// do_trap().
///
/// Folklore: searching a log of AArch64 for `segfault` finds nothing, and since 2018 nothing is
/// there at all unless `debug.exception-trace` is 1. Test: ArmKernelDialectTest.
public final class ArmKernelDialect implements Dialect {

  private static final Pattern OLD =
      Pattern.compile(
          "(.{1,15}?)\\[(\\d+)]: unhandled (?:level \\d )?([a-z -]+?)(?: fault)? ?\\((\\d+)\\) at (?:0x)?([0-9a-f]+),"
              + " (?:esr|code) 0x([0-9a-f]+)(.*)");

  private static final Pattern NEW =
      Pattern.compile(
          "(.{1,15}?)\\[(\\d+)]: unhandled exception: (?:([\\w /()-]+), )?(?:ESR 0x([0-9a-f]+), )?(.*)");

  private static final Pattern UNDEFINED =
      Pattern.compile("(.{1,15}?)\\[(\\d+)]: undefined instruction: pc=([0-9a-f]+)(.*)");

  private static final Pattern OTHERS =
      Pattern.compile(
          "(.{1,15}?)\\[(\\d+)]: (?:unhandled signal (\\d+)|(?:segfault|bus error|illegal instruction|floating point exception|trap|bad frame|User access of kernel address)? ?\\((\\d+)\\))"
              + "(?: code (?:0x)?([0-9a-f]+))? at (?:0x)?([0-9a-f]+)(?: nip ([0-9a-f]+) lr [0-9a-f]+ code ([0-9a-f]+))?(.*)");

  private static final Pattern MODULE =
      Pattern.compile(" in (\\S+?)\\[(?:([0-9a-f]+),)?([0-9a-f]+)\\+([0-9a-f]+)]");

  private static final Pattern PC_LR =
      Pattern.compile(
          "pc : \\[?<?([0-9a-f]{8,16})>?]?(?: lr : \\[?<?([0-9a-f]{8,16})>?]?)?(?: pstate: ?([0-9a-f]{8}))?");
  private static final Pattern LR = Pattern.compile("^lr : \\[?<?([0-9a-f]{8,16})>?]?");
  private static final Pattern PSTATE = Pattern.compile("pstate: ?([0-9a-f]{8})");
  private static final Pattern SP = Pattern.compile("^sp : ?([0-9a-f]{8,16})");
  private static final Pattern EPC =
      Pattern.compile("epc ?: ?([0-9a-f]{8,16})(?:.* sp ?: ?([0-9a-f]{8,16}))?");
  private static final Pattern CPU =
      Pattern.compile("^CPU: (\\d+) (?:UID: \\d+ )?PID: (\\d+) Comm: ");

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public List<String> literals() {
    return List.of(
        "]: unhandled ",
        "]: undefined instruction: pc=",
        "]: segfault (",
        "]: bus error (",
        "]: illegal instruction (");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> old = KernelText.find(line, OLD);
    if (old.isPresent()) {
      return Optional.of(new Registers(old(line, old.get())));
    }
    Optional<Matcher> newer = KernelText.find(line, NEW);
    if (newer.isPresent()) {
      return Optional.of(new Registers(newer(line, newer.get())));
    }
    Optional<Matcher> undefined = KernelText.find(line, UNDEFINED);
    if (undefined.isPresent()) {
      Sighting sighting = begun(line, undefined.get()).signal(4).code(1);
      Lines.hex(undefined.get().group(3)).ifPresent(pc -> sighting.register("pc", pc));
      return Optional.of(new Registers(module(sighting, undefined.get().group(4))));
    }
    return KernelText.find(line, OTHERS).flatMap(other -> other(line, other)).map(Registers::new);
  }

  private Sighting begun(LogLine line, Matcher found) {
    Sighting sighting = new Sighting(name(), line).executable(found.group(1).strip());
    Lines.id(found.group(2)).ifPresent(id -> sighting.tid(id).pid(id));
    return sighting.missing(
        ProcessColumns.PROCESS_PID, "the kernel names the thread: its process may have another id");
  }

  private Sighting old(LogLine line, Matcher found) {
    int signal = Integer.parseInt(found.group(4));
    Sighting sighting = begun(line, found).signal(signal);
    Lines.hex(found.group(5)).ifPresent(sighting::address);
    boolean missing = found.group(3).startsWith("translation") || found.group(3).equals("page");
    if (signal == SignalWords.SIGSEGV && (missing || found.group(3).startsWith("permission"))) {
      sighting.code(missing ? 1 : 2);
    }
    sighting.extra("esr", "0x" + found.group(6));
    return module(sighting, found.group(7));
  }

  private Sighting newer(LogLine line, Matcher found) {
    Sighting sighting = begun(line, found);
    if (found.group(4) != null) {
      sighting.extra("esr", "0x" + found.group(4));
      Lines.hex(found.group(4)).ifPresent(esr -> Syndrome.of(esr, sighting));
    }
    return module(sighting, found.group(5));
  }

  private Optional<Sighting> other(LogLine line, Matcher found) {
    String number = found.group(3) == null ? found.group(4) : found.group(3);
    Sighting sighting = begun(line, found).signal(SignalWords.number(number));
    String code = found.group(5) == null ? found.group(8) : found.group(5);
    if (code != null) {
      SignalWords.code("0x" + code).ifPresent(value -> sighting.code(value & 0xffff));
    }
    Lines.hex(found.group(6)).ifPresent(sighting::address);
    if (found.group(7) != null) {
      Lines.hex(found.group(7)).ifPresent(pc -> sighting.row().put(FaultColumns.FAULT_PC, pc));
    }
    return Optional.of(module(sighting, found.group(9)));
  }

  private static Sighting module(Sighting sighting, String rest) {
    if (MODULE.matcher(rest).find()) {
      sighting.row().put(FaultColumns.PC_IN, "code");
      sighting.extra("module", rest.substring(rest.indexOf(" in ") + 4).strip());
    }
    return sighting;
  }

  private static final class Registers extends Told {

    Registers(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      if (text.contains("]: unhandled ")) {
        return Take.OVER;
      }
      Matcher pc = PC_LR.matcher(text);
      if (pc.lookingAt()) {
        put("pc", pc.group(1));
        put("x30", pc.group(2));
        put("pstate", pc.group(3));
        return mine(line);
      }
      Matcher lr = LR.matcher(text);
      if (lr.find()) {
        put("x30", lr.group(1));
        return mine(line);
      }
      Matcher sp = SP.matcher(text);
      if (sp.find()) {
        put("sp", sp.group(1));
        return mine(line);
      }
      Matcher state = PSTATE.matcher(text);
      if (state.lookingAt()) {
        put("pstate", state.group(1));
        return mine(line);
      }
      Matcher cpu = CPU.matcher(text);
      if (cpu.find()) {
        sighting().cpu(Integer.parseInt(cpu.group(1)));
        return mine(line);
      }
      Matcher epc = EPC.matcher(text);
      if (epc.lookingAt()) {
        Lines.hex(epc.group(1)).ifPresent(at -> sighting().row().put(FaultColumns.FAULT_PC, at));
        return mine(line);
      }
      if (text.matches("^x\\d{1,2} ?: ?[0-9a-f]{16}.*")) {
        boolean last = text.contains("x0 :") || text.startsWith("x0:") || text.contains(" x0 ");
        RegisterText.read(text, true, sighting());
        sighting().text(line);
        return last ? Take.LAST : Take.MINE;
      }
      return Take.NOT_MINE;
    }

    private void put(String register, @org.jspecify.annotations.Nullable String hex) {
      if (hex != null) {
        Lines.hex(hex).ifPresent(value -> sighting().register(register, value));
      }
    }

    @Override
    public Optional<Sighting> end() {
      Optional<Long> pc = sighting().register("pc");
      if (Syndrome.isFetch(sighting()) && pc.isPresent()) {
        sighting().address(pc.get());
      }
      return Optional.of(sighting());
    }
  }
}
