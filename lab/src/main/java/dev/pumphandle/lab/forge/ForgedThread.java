package dev.pumphandle.lab.forge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One thread of a forged process: its number and its registers by name.
public final class ForgedThread {

  private final ForgedMachine machine;
  private final int tid;
  private final Map<String, Long> registers = new LinkedHashMap<>();
  private int cursig;
  private boolean bare;

  /// A thread whose registers are all zero but for the segment selectors and flags of user space.
  public ForgedThread(ForgedMachine machine, int tid) {
    this.machine = machine;
    this.tid = tid;
    machine.registers().forEach(r -> registers.put(r, 0L));
    if (machine == ForgedMachine.X86_64) {
      // Source: Linux v6.1 arch/x86/include/asm/segment.h, __USER_CS and __USER_DS
      with("cs", 0x33).with("ss", 0x2b).with("eflags", 0x10246).with("orig_rax", -1);
    }
  }

  /// Sets one register.
  public ForgedThread with(String register, long value) {
    if (!registers.containsKey(register))
      throw new IllegalArgumentException(machine + " has no register " + register);
    registers.put(register, value);
    return this;
  }

  /// Sets several registers.
  public ForgedThread with(Map<String, Long> values) {
    values.forEach(this::with);
    return this;
  }

  /// Sets program counter, stack pointer and frame pointer, whatever this machine calls them.
  public ForgedThread at(long pc, long sp, long fp) {
    return with(machine.pc(), pc).with(machine.sp(), sp).with(machine.fp(), fp);
  }

  /// Sets pr_cursig: the signal that is killing this thread, 0 for none.
  public ForgedThread cursig(int signal) {
    cursig = signal;
    return this;
  }

  /// Leaves out floating point notes for this thread.
  public ForgedThread withoutFloatingPoint() {
    bare = true;
    return this;
  }

  /// The thread's number.
  public int tid() {
    return tid;
  }

  /// The signal that is killing it.
  public int cursig() {
    return cursig;
  }

  /// One register's value.
  public long register(String name) {
    Long value = registers.get(name);
    if (value == null) throw new IllegalArgumentException(machine + " has no register " + name);
    return value;
  }

  /// All registers in the order of `pr_reg`.
  public Map<String, Long> registers() {
    return Collections.unmodifiableMap(registers);
  }

  boolean hasFloatingPoint() {
    return !bare;
  }

  ForgedMachine machine() {
    return machine;
  }
}
