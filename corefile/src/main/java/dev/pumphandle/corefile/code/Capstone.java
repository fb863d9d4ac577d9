package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Capstone library, called through the foreign-function API; used where it is installed,
/// missed
/// by nobody where it is not.
///
/// Source: capstone.h of 4.0 and 5.0: cs_open(), cs_disasm(), struct cs_insn (id, address, size,
/// bytes, mnemonic, op_str; 5.0 has 24 bytes where 4.0 has 16).
@SuppressWarnings("restricted") // calling a native library is what this class is for
final class Capstone implements Disassembler {

  private static final List<String> NAMES =
      List.of("libcapstone.so.5", "libcapstone.so.4", "libcapstone.so");

  /// cs_arch and cs_mode. Source: capstone.h
  private static final int ARCH_ARM64 = 1;

  private static final int ARCH_X86 = 3;
  private static final int MODE_LITTLE_ENDIAN = 0;
  private static final int MODE_64 = 8;

  private static final int LONGEST = 16;
  private static final int MNEMONIC_BYTES = 32;
  private static final int OPERAND_BYTES = 160;
  private static final int BYTES_AT = 18;

  /// Found once: whether a library is there does not change while we run.
  static final Disassembler INSTALLED = installed();

  private final Map<Machine, Long> handles = new EnumMap<>(Machine.class);
  private final MethodHandle disassemble;
  private final MethodHandle free;
  private final int mnemonicAt;

  private Capstone(SymbolLookup library) throws Throwable {
    Linker linker = Linker.nativeLinker();
    int major = version(linker, library);
    this.mnemonicAt = BYTES_AT + (major >= 5 ? 24 : 16);
    this.disassemble =
        linker.downcallHandle(
            library.findOrThrow("cs_disasm"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    this.free =
        linker.downcallHandle(
            library.findOrThrow("cs_free"),
            FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    MethodHandle open =
        linker.downcallHandle(
            library.findOrThrow("cs_open"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS));
    for (Machine machine : Machine.values()) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
        int problem =
            switch (machine) {
              case X86_64 -> (int) open.invokeExact(ARCH_X86, MODE_64, handle);
              case AARCH64 -> (int) open.invokeExact(ARCH_ARM64, MODE_LITTLE_ENDIAN, handle);
            };
        if (problem == 0) {
          handles.put(machine, handle.get(ValueLayout.JAVA_LONG, 0));
        }
      }
    }
  }

  private static int version(Linker linker, SymbolLookup library) throws Throwable {
    MethodHandle version =
        linker.downcallHandle(
            library.findOrThrow("cs_version"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    int combined = (int) version.invokeExact(MemorySegment.NULL, MemorySegment.NULL);
    return combined >>> 8;
  }

  private static Disassembler installed() {
    for (String name : NAMES) {
      try {
        return new Capstone(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable _) {
        // Not there under this name, not allowed, or not the library we know: the next one, or
        // none.
      }
    }
    return NONE;
  }

  /// One call at a time: a handle of Capstone's is not safe for several threads, and the call takes
  /// microseconds.
  @Override
  public synchronized Optional<String> text(Machine machine, ByteView bytes, long address) {
    Long handle = handles.get(machine);
    if (handle == null || bytes.length() == 0) {
      return Optional.empty();
    }
    int length = Math.min(LONGEST, bytes.length());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code =
          arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes.slice(0, length).toArray());
      MemorySegment found = arena.allocate(ValueLayout.ADDRESS);
      long count =
          (long) disassemble.invokeExact((long) handle, code, (long) length, address, 1L, found);
      if (count < 1) {
        return Optional.empty();
      }
      MemorySegment instruction =
          found
              .get(ValueLayout.ADDRESS, 0)
              .reinterpret(mnemonicAt + MNEMONIC_BYTES + OPERAND_BYTES);
      String text =
          instruction.getString(mnemonicAt)
              + " "
              + instruction.getString(mnemonicAt + MNEMONIC_BYTES);
      free.invokeExact(found.get(ValueLayout.ADDRESS, 0), count);
      return Optional.of(text.strip());
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable _) {
      return Optional.empty();
    }
  }
}
