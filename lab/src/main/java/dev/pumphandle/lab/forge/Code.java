package dev.pumphandle.lab.forge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Machine code written by hand: bytes at an address, with functions and marks that have names.
///
/// Addresses are link-time addresses of the file that the code ends up in. Calls may name functions
/// that are written later.
public final class Code {

  private static final int SLOT_BYTES = 4;

  private final ForgedMachine machine;
  private final long start;
  private final Blob blob = new Blob();
  private final SequencedMap<String, Long> functions = new LinkedHashMap<>();
  private final Map<String, Long> marks = new LinkedHashMap<>();
  private final Map<String, Integer> frames = new LinkedHashMap<>();
  private final Map<Integer, String> calls = new LinkedHashMap<>();

  /// No code yet, to stand at `start`.
  public Code(ForgedMachine machine, long start) {
    this.machine = machine;
    this.start = start;
  }

  /// Starts a function at the next multiple of 16, as compilers do; the gap is filled with traps.
  public Code function(String name) {
    while (blob.size() % 16 != 0) blob.hex(machine == ForgedMachine.X86_64 ? "cc" : "00 00 20 d4");
    functions.put(name, here());
    return mark(name);
  }

  /// Names the next instruction.
  public Code mark(String name) {
    if (marks.putIfAbsent(name, here()) != null)
      throw new IllegalArgumentException("two of " + name);
    return this;
  }

  /// Appends instructions in hexadecimal.
  public Code hex(String bytes) {
    blob.hex(bytes);
    return this;
  }

  /// Appends the usual prologue: frame pointer saved and set, `locals` bytes reserved.
  public Code enter(int locals) {
    frames.put(functions.lastEntry().getKey(), locals);
    if (machine == ForgedMachine.AARCH64)
      return hex("fd 7b be a9 fd 03 00 91"); // stp x29, x30, [sp, #-32]!; mov x29, sp
    hex("55 48 89 e5 48 81 ec"); // push %rbp; mov %rsp, %rbp; sub $locals, %rsp
    blob.u32(locals);
    return this;
  }

  /// Appends the usual epilogue and return.
  public Code leave() {
    return hex(machine == ForgedMachine.X86_64 ? "c9 c3" : "fd 7b c2 a8 c0 03 5f d6");
  }

  /// Appends a direct call; the instruction behind it is marked `<this function>><name>`.
  public Code call(String name) {
    if (machine == ForgedMachine.X86_64) blob.hex("e8");
    calls.put(blob.size(), name);
    blob.u32(0);
    return mark(functions.lastEntry().getKey() + ">" + name);
  }

  /// Appends an indirect call (x86) through a word of the data page, as `-fno-plt` does; marked
  /// like
  /// [#call].
  ///
  /// @param slot the word's offset as in [ForgedElf#data]
  public Code callThrough(int slot, String name) {
    return throughSlot("ff 15", slot).mark(functions.lastEntry().getKey() + ">" + name);
  }

  /// Appends an indirect jump (x86) through a word of the data page: a PLT entry.
  public Code jumpThrough(int slot) {
    return throughSlot("ff 25", slot);
  }

  private Code throughSlot(String opcode, int slot) {
    blob.hex(opcode);
    blob.u32(ForgedElf.DATA + ForgedElf.DYNAMIC_BYTES + slot - (here() + SLOT_BYTES));
    return this;
  }

  /// The address of a function or mark.
  public long at(String name) {
    Long address = marks.get(name);
    if (address == null) throw new IllegalArgumentException("no code named " + name);
    return address;
  }

  /// The address of the next instruction.
  public long here() {
    return start + blob.size();
  }

  /// Room for locals in a function's frame (bytes).
  int locals(String function) {
    return frames.getOrDefault(function, 0);
  }

  /// Where the code starts.
  long start() {
    return start;
  }

  /// The functions in address order.
  SequencedMap<String, Long> functions() {
    return functions;
  }

  /// The end of a function: the start of the next one, or of nothing.
  long end(String function) {
    long from = at(function);
    return functions.values().stream().filter(a -> a > from).findFirst().orElse(here());
  }

  /// The bytes, with every call aimed.
  byte[] bytes() {
    calls.forEach(
        (at, name) -> {
          if (machine == ForgedMachine.X86_64)
            blob.setU32(at, at(name) - (start + at + SLOT_BYTES));
          else blob.setU32(at, 0x94000000L | ((at(name) - (start + at)) >> 2 & 0x3ffffff));
        });
    return blob.toArray();
  }
}
