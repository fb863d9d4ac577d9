package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What the kernel prints of a fault that kills a process without a handler.
///
/// Source: Linux v5.15 arch/x86/mm/fault.c, show_signal_msg(); arch/x86/kernel/traps.c,
/// show_signal(); arch/x86/kernel/dumpstack.c, show_opcodes(); mm/memory.c, print_vma_addr(), which
/// names the next mapping above an address that lies in none.
final class KernelLines {

  private static final int PROLOGUE = 42;
  private static final int OPCODES = 64;
  private static final int PAGE_FAULT = 14;
  private static final int GENERAL_PROTECTION = 13;

  private final ForgedProcess process;
  private final Fault fault;
  private final LiveMemory memory;

  KernelLines(ForgedProcess process, Fault fault, LiveMemory memory) {
    this.process = process;
    this.fault = fault;
    this.memory = memory;
  }

  List<String> lines() {
    return switch (fault.trap()) {
      case PAGE_FAULT -> pageFault();
      case GENERAL_PROTECTION -> protection();
      default -> List.of();
    };
  }

  private List<String> pageFault() {
    long ip = fault.reg("rip");
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s[%d]: segfault at %x ip %016x sp %016x error %x%s"
            .formatted(
                process.name(),
                process.pid(),
                fault.info().first(),
                ip,
                fault.reg("rsp"),
                fault.error(),
                mapping(ip)));
    byte[] opcodes = memory.read(ip - PROLOGUE, OPCODES);
    lines.add(
        opcodes.length == OPCODES
            ? "Code: " + code(opcodes)
            : "Code: Unable to access opcode bytes at RIP 0x%x.".formatted(ip - PROLOGUE));
    return lines;
  }

  private List<String> protection() {
    long ip = fault.reg("rip");
    return List.of(
        "traps: %s[%d] general protection fault ip:%x sp:%x error:%x%s"
            .formatted(
                process.name(), process.pid(), ip, fault.reg("rsp"), fault.error(), mapping(ip)));
  }

  private String mapping(long ip) {
    Optional<Region> region = memory.atOrAbove(ip).filter(r -> !r.path().isEmpty());
    return region
        .map(
            r ->
                " in %s[%x+%x]"
                    .formatted(
                        r.path().substring(r.path().lastIndexOf('/') + 1), r.from(), r.size()))
        .orElse("");
  }

  private static String code(byte[] opcodes) {
    HexFormat spaced = HexFormat.ofDelimiter(" ");
    return spaced.formatHex(opcodes, 0, PROLOGUE)
        + " <"
        + HexFormat.of().toHexDigits(opcodes[PROLOGUE])
        + "> "
        + spaced.formatHex(opcodes, PROLOGUE + 1, OPCODES);
  }
}
