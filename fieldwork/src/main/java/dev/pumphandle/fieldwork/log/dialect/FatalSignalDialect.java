package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.RegisterText;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FaultColumns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel says with `kernel.print-fatal-signals=1`: every register of the thread that took
/// the signal.
///
/// Source: Linux v6.12 kernel/signal.c, print_fatal_signal(); arch/x86/kernel/process_64.c,
/// __show_regs(). Older kernels wrote `NAME/PID:` before the words. A handler that raises the
/// signal again leaves the registers of the raising here, as in a core.
public final class FatalSignalDialect implements Dialect {

  private static final Pattern BANNER =
      Pattern.compile("(?:(.{1,15}?)(?:/(\\d+))?: )?potentially unexpected fatal signal (\\d+)\\.");

  private static final Pattern CPU =
      Pattern.compile(
          "CPU: (\\d+) (?:UID: \\d+ )?PID: (\\d+) Comm: (.{1,15}?)(?: Not tainted| Tainted:| [\\d.]+)");

  private static final Pattern RIP =
      Pattern.compile("RIP: ([0-9a-f]{4}):(?:\\[<)?(?:0x)?([0-9a-f]{1,16})");

  private static final Pattern RSP =
      Pattern.compile("RSP: [0-9a-f]{4}:([0-9a-f]{1,16})\\s+EFLAGS: ([0-9a-f]{8})");

  private static final Pattern CODE =
      Pattern.compile("Code: ((?:[0-9a-f]{2} )*)<([0-9a-f]{2})>((?: [0-9a-f]{2})*)");

  private static final Pattern GENERAL =
      Pattern.compile("^(?:R[A-Z0-9]{2}: [0-9a-f]{16}\\s*){1,3}$");

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public List<String> literals() {
    return List.of("potentially unexpected fatal signal ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return Lines.find(line, BANNER).flatMap(found -> sighting(line, found)).map(Registers::new);
  }

  private Optional<Sighting> sighting(LogLine line, Matcher found) {
    OptionalInt signal = SignalWords.number(found.group(3));
    if (!SignalWords.isCrash(signal.orElse(0))) {
      return Optional.empty();
    }
    Sighting sighting = new Sighting(name(), line).signal(signal);
    if (found.group(1) != null) {
      sighting.executable(found.group(1).strip());
    }
    Lines.id(found.group(2)).ifPresent(sighting::pid);
    return Optional.of(sighting);
  }

  private static final class Registers extends Told {

    Registers(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      if (text.contains("potentially unexpected fatal signal")) {
        return Take.OVER;
      }
      Matcher cpu = CPU.matcher(text);
      if (cpu.lookingAt()) {
        sighting().cpu(Integer.parseInt(cpu.group(1))).executable(cpu.group(3));
        Lines.id(cpu.group(2)).ifPresent(id -> sighting().pid(id).tid(id));
        return mine(line);
      }
      Matcher rip = RIP.matcher(text);
      if (rip.lookingAt()) {
        if (rip.group(1).equals("0010")) {
          return Take.OVER; // the kernel's own code: an oops, not a process
        }
        Lines.hex(rip.group(2)).ifPresent(pc -> sighting().register("rip", pc));
        return mine(line);
      }
      Matcher rsp = RSP.matcher(text);
      if (rsp.lookingAt()) {
        Lines.hex(rsp.group(1)).ifPresent(sp -> sighting().register("rsp", sp));
        Lines.hex(rsp.group(2)).ifPresent(flags -> sighting().register("eflags", flags));
        return mine(line);
      }
      Matcher code = CODE.matcher(text);
      if (code.lookingAt()) {
        sighting()
            .row()
            .put(FaultColumns.INSTRUCTION_BYTES, code.group(2) + code.group(3).replace(" ", ""));
        return mine(line);
      }
      if (GENERAL.matcher(text).matches()) {
        RegisterText.read(text, false, sighting());
        return mine(line);
      }
      boolean last = text.startsWith("CR2: ") || text.startsWith("FS:");
      return last || text.startsWith("Hardware name:") ? mine(line) : Take.NOT_MINE;
    }
  }
}
