package dev.pumphandle.app;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.ModuleFact;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A small line list written by hand, for tests of what is shown.
final class SampleRows {
  static final long SP = 0x7ffc_1234_5670L;

  private SampleRows() {}

  /// A workspace in `directory` with five rows: two returns to null, a null dereference, a core
  /// that is cut short, and a file that is no core.
  static Workspace workspace(Path directory) throws IOException {
    Workspace workspace = Workspace.init(directory);
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      writer.append(returnToNull("7f9b2c1e00000001", "node-a", "2025-06-03T09:12:44Z"));
      writer.append(returnToNull("7f9b2c1e00000002", "node-b", "2025-06-05T01:00:00Z"));
      writer.append(nullDereference());
      writer.append(
          object("c0ffee0000000004", "file:///cores/core.cut", "truncated")
              .put(IdentityColumns.READ_PROBLEM, "cut short")
              .build());
      writer.append(
          object("dead000000000005", "file:///cores/notes.txt", "refused")
              .put(
                  IdentityColumns.READ_PROBLEM,
                  "/cores/notes.txt: ELF header at offset 0x0: not a core, expected 7f 45 4c 46,"
                      + " found 68 65 6c 6c")
              .build());
    }
    return workspace;
  }

  private static CaseRow.Builder object(String id, String uri, String state) {
    return CaseRow.builder()
        .put(IdentityColumns.CASE_ID, id)
        .put(IdentityColumns.OBJECT_URI, uri)
        .put(IdentityColumns.OBJECT_BYTES, 1_234_567L)
        .put(IdentityColumns.OBJECT_VERSION, "1")
        .put(IdentityColumns.READ_STATE, state)
        .put(IdentityColumns.COLLECTED_AT, Instant.parse("2025-07-01T00:00:00Z"));
  }

  private static CaseRow.Builder crash(String id, String node, String at) {
    return object(id, "file:///cores/core.leaf." + id, "complete")
        .put(IdentityColumns.OBSERVED_AT, Instant.parse(at))
        .put(ProcessColumns.MACHINE, "x86_64")
        .put(ProcessColumns.CORE_ORIGIN, "kernel")
        .put(ProcessColumns.PROCESS_EXECUTABLE_NAME, "leaf")
        .put(ProcessColumns.PROCESS_PID, 4242L)
        .put(ProcessColumns.CRASH_TID, 4245L)
        .put(ProcessColumns.THREAD_COUNT, 13)
        .put(ProcessColumns.THREAD_NAME, "worker-3")
        .put(PlaceColumns.SERVICE_VERSION, "2025.23")
        .put(PlaceColumns.HOST_NAME, node)
        .put(PlaceColumns.CLOUD_REGION, "eastus2")
        .put(SignalColumns.SIGNAL_NUMBER, 11)
        .put(SignalColumns.SIGNAL_NAME, "SIGSEGV")
        .put(SignalColumns.SIGNAL_CODE, 1)
        .put(SignalColumns.FAULT_ADDRESS, 0L)
        .put(FaultColumns.FAULT_REGISTERS_FROM, "sigframe")
        .put(FaultColumns.FAULT_SP, SP)
        .put(FaultColumns.SP_IN, "stack")
        .put(FaultColumns.FAULT_FP, SP + 0x40)
        .put(FaultColumns.FP_IN, "stack")
        .put(ControlColumns.STACK_ALIGNMENT, "aligned")
        .put(ControlColumns.STACK_SHIFT, 0)
        .put(StackColumns.STACK_WORDS_FROM, SP - 128);
  }

  static CaseRow returnToNull(String id, String node, String at) {
    List<OptionalLong> words = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    for (int slot = -16; slot < 64; slot++) {
      words.add(slot % 5 == 3 ? OptionalLong.empty() : OptionalLong.of(slot == -1 ? 0 : SP + slot));
      kinds.add(slot % 5 == 3 ? "data" : slot == -1 ? "null-page" : "stack");
    }
    words.set(16, OptionalLong.of(0x55d7_e64f_917fL));
    kinds.set(16, "return-address");
    return crash(id, node, at)
        .put(FaultColumns.FAULT_PC, 0L)
        .put(FaultColumns.PC_IN, "null-page")
        .put(FaultColumns.REGISTERS, registers(0))
        .put(ControlColumns.CONTROL_ARRIVED, "returned")
        .put(
            ControlColumns.CONTROL_EVIDENCE,
            "the word below rsp equals rip and rsp % 16 = 0: a popped slot")
        .put(ControlColumns.TARGET, 0L)
        .put(ControlColumns.POPPED_WORD, 0L)
        .put(StackColumns.STACK_WORDS, words)
        .put(StackColumns.STACK_WORD_KINDS, kinds)
        .put(StackColumns.SIGNATURE, "0x0 < DocumentTree::update")
        .put(
            StackColumns.FRAMES,
            List.of(
                new FrameFact(
                    0, Optional.empty(), Optional.empty(), OptionalLong.empty(), "context"),
                new FrameFact(
                    0x55d7_e64f_917fL,
                    Optional.of("DocumentTree::update()"),
                    Optional.of("/usr/bin/leaf"),
                    OptionalLong.of(0x3ef),
                    "scan")))
        .put(
            StackColumns.MODULES,
            List.of(new ModuleFact("/usr/bin/leaf", Optional.of("abcd"), 0x55d7_e64f_0000L)))
        .build();
  }

  private static CaseRow nullDereference() {
    return crash("1234567800000003", "node-a", "2025-06-04T00:00:00Z")
        .put(FaultColumns.FAULT_PC, 0x55d7_e64f_9000L)
        .put(FaultColumns.PC_IN, "code")
        .put(FaultColumns.FAULT_ADDRESS_IN, "null-page")
        .put(FaultColumns.REGISTERS, registers(0x55d7_e64f_9000L))
        .put(FaultColumns.INSTRUCTION_KIND, "load")
        .put(ControlColumns.CONTROL_ARRIVED, "ran")
        .put(StackColumns.SIGNATURE, "DocumentTree::find")
        .build();
  }

  private static Map<String, Long> registers(long rip) {
    Map<String, Long> registers = new LinkedHashMap<>();
    long each = 0;
    for (String name :
        List.of("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13")) {
      registers.put(name, each++ * 0x1111);
    }
    registers.put("r14", 0x6f6c_6c65_6820_6968L);
    registers.put("r15", 0xdead_beef_dead_beefL);
    registers.put("rbp", SP + 0x40);
    registers.put("rsp", SP);
    registers.put("rip", rip);
    registers.put("eflags", 0x10246L);
    return registers;
  }
}
