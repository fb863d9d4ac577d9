package dev.pumphandle.lab.forge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A forged core's memory by address, found through the program headers alone.
final class CoreMemory {

  private CoreMemory() {}

  static long word(ForgedCore core, long address) {
    for (int i = 1; i < core.value("ehdr.e_phnum"); i++) {
      String p = "phdr[" + i + "].";
      long at = address - core.value(p + "p_vaddr");
      if (at < 0 || at + 8 > core.value(p + "p_filesz")) continue;
      byte[] b = core.read(core.value(p + "p_offset") + at, 8);
      return ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
    throw new AssertionError("0x%x is not in the core".formatted(address));
  }
}
