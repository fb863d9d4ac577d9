package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the hardware reports of itself: machine checks, corrected and uncorrected memory errors,
/// and the processes that died of one.
///
/// A report of which nobody died is kept as a row without a signal, which an exclusion flags: it
/// tells of a host. Lines that follow each other closely are one report.
///
/// Source: Linux v6.12 arch/x86/kernel/cpu/mce/core.c, __print_mce() ("this output is parsed by
/// external tools and old fields should not be changed"); drivers/edac/edac_mc.c;
/// drivers/acpi/apei/ghes.c; mm/memory-failure.c, kill_proc().
///
/// Folklore: inside a virtual machine these lines are usually absent: silence there is no evidence
/// of health.
public final class MachineCheckDialect implements Dialect {

  private static final Pattern KILLED =
      Pattern.compile(
          "(?:MCE|Memory failure)[ :]*(?:0x[0-9a-f]+)?: (?:Killing|Sending SIGBUS to) (.{1,15}?):(\\d+)(?: \\(\\w+\\))? due to hardware memory corruption(?: fault at ([0-9a-f]+))?");

  private static final Pattern EVENT =
      Pattern.compile(
          "(?:(?:mce: )?\\[Hardware Error]: .*|mce: CPU\\d*: .*|MCE: .*|(?:\\{\\d+})?\\[Hardware Error]: .*"
              + "|EDAC \\S+: \\d+ [CU]E .*|mce: Uncorrected hardware memory error.*|Machine check events logged.*"
              + "|mce: \\[Hardware Error].*)");

  private static final Pattern CPU = Pattern.compile("\\bCPU[ :]?(\\d+)");
  private static final Pattern MICROCODE = Pattern.compile("microcode (?:0x)?([0-9a-f]+)");
  private static final Pattern STATUS = Pattern.compile("Bank (\\d+): (?:0x)?([0-9a-f]{8,16})");

  @Override
  public String name() {
    return "machine-check";
  }

  @Override
  public List<String> literals() {
    return List.of(
        "[Hardware Error]",
        "EDAC ",
        "Machine check events logged",
        "hardware memory corruption",
        "mce: CPU",
        "mce: Uncorrected");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> killed = Lines.find(line, KILLED);
    if (killed.isPresent()) {
      return Optional.of(Report.whole(killed(line, killed.get())));
    }
    return Lines.find(line, EVENT).map(_ -> new Event(new Sighting(name(), line), line.text()));
  }

  private Sighting killed(LogLine line, Matcher found) {
    Sighting sighting = new Sighting(name(), line).executable(found.group(1)).signal(7);
    Lines.id(found.group(2)).ifPresent(sighting::pid);
    if (found.group(3) != null) {
      sighting.code(4);
      Lines.hex(found.group(3)).ifPresent(sighting::address);
    }
    sighting.row().put(LogColumns.TERMINATION_REASON, "hardware memory corruption");
    return sighting;
  }

  private static final class Event extends Told {

    Event(Sighting sighting, String text) {
      super(sighting);
      sighting.row().put(LogColumns.TERMINATION_REASON, "hardware report");
      read(text);
    }

    @Override
    public Take take(LogLine line) {
      if (Lines.find(line, KILLED).isPresent()) {
        return Take.OVER;
      }
      if (Lines.find(line, EVENT).isEmpty()) {
        return Take.NOT_MINE;
      }
      read(line.text());
      return mine(line);
    }

    private void read(String text) {
      Matcher cpu = CPU.matcher(text);
      if (cpu.find()) {
        sighting().cpu(Integer.parseInt(cpu.group(1)));
      }
      Matcher microcode = MICROCODE.matcher(text);
      if (microcode.find()) {
        sighting().row().put(PlaceColumns.HOST_CPU_MICROCODE, "0x" + microcode.group(1));
      }
      Matcher status = STATUS.matcher(text);
      if (status.find()) {
        sighting().extra("mce_bank", status.group(1)).extra("mce_status", "0x" + status.group(2));
      }
    }
  }
}
