package dev.pumphandle.fieldwork.log.sentinel;

import dev.pumphandle.corefile.Aarch64Register;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Register;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.X86Register;
import dev.pumphandle.corefile.memory.Stretch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Lays a record out as the very small core that it is: one thread, some words of its stack, some
/// bytes of its code. So the same reader reads it, and the same examiners look at it.
///
/// Source: elf(5); Linux v6.12 include/linux/elfcore.h, struct elf_prstatus
final class RecordCore {

  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int NOTE_HEADER = 12 + 8;
  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;
  private static final int ET_CORE = 4;
  private static final int NT_PRSTATUS = 1;
  private static final int CURSIG_AT = 12;
  private static final int PID_AT = 32;

  /// `pr_fpvalid` and padding end the structure (bytes).
  private static final int AFTER_REGISTERS = 8;

  private RecordCore() {}

  /// The core of a record.
  static CoreFile of(SentinelRecord record) throws IOException {
    byte[] bytes = bytes(record);
    return CoreFile.open(ByteSource.of("sentinel's record", bytes)).withMappings(record.mappings());
  }

  private static byte[] bytes(SentinelRecord record) {
    Machine machine = record.machine();
    List<Stretch> memory = record.memory();
    int status = machine.registersAt() + machine.registersBytes() + AFTER_REGISTERS;
    int noteAt = HEADER + PROGRAM_HEADER * (1 + memory.size());
    int memoryAt = noteAt + NOTE_HEADER + status;
    int end = memoryAt + memory.stream().mapToInt(stretch -> stretch.bytes().length()).sum();
    ByteBuffer core = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
    header(core, machine, 1 + memory.size());
    programHeader(core, PT_NOTE, noteAt, 0, NOTE_HEADER + status);
    int at = memoryAt;
    for (Stretch stretch : memory) {
      programHeader(core, PT_LOAD, at, stretch.from(), stretch.bytes().length());
      at += stretch.bytes().length();
    }
    core.putInt(5).putInt(status).putInt(NT_PRSTATUS);
    core.put("CORE\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    status(core, core.position(), record);
    core.position(memoryAt);
    for (Stretch stretch : memory) {
      core.put(stretch.bytes().toArray());
    }
    return core.array();
  }

  private static void header(ByteBuffer core, Machine machine, int segments) {
    core.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    core.putShort((short) ET_CORE).putShort((short) machine.elfNumber()).putInt(1);
    core.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    core.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) segments);
    core.position(HEADER);
  }

  private static void programHeader(ByteBuffer core, int type, int at, long address, int bytes) {
    core.putInt(type).putInt(4).putLong(at).putLong(address).putLong(0);
    core.putLong(bytes).putLong(type == PT_LOAD ? bytes : 0).putLong(1);
  }

  private static void status(ByteBuffer core, int at, SentinelRecord record) {
    core.putShort(at + CURSIG_AT, (short) record.signo());
    core.putInt(at + PID_AT, record.count("tid").orElse(0));
    Registers registers = record.registers();
    int word = at + record.machine().registersAt();
    for (Register register : all(record.machine())) {
      core.putLong(word + register.offset(), registers.value(register).orElse(0));
    }
  }

  private static Register[] all(Machine machine) {
    return switch (machine) {
      case X86_64 -> X86Register.values();
      case AARCH64 -> Aarch64Register.values();
    };
  }
}
