package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.CodeBytes;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.corefile.memory.Span;
import dev.pumphandle.corefile.signal.FaultRegisters;
import dev.pumphandle.corefile.stack.StackWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One core on the table: its headers, its fault registers, and the memory that the examiners asked
/// for, fetched once. Not safe for several threads.
public final class Evidence {

  /// Below the dying thread's stack pointer: red zone and residual signal frames (bytes).
  private static final int BELOW = 16 << 10;

  /// Above it (bytes).
  private static final int ABOVE = 64 << 10;

  private final CoreFile core;
  private final MemoryImage memory;
  private final LoadedFiles files;
  private final Executables executables;
  private final CodeBytes code;
  private final StackWalk walk;
  private final FaultRegisters fault;
  private final Registers registers;
  private final Whereabouts whereabouts;
  private final boolean retainWords;
  private final Map<Long, FunctionText> texts = new HashMap<>();
  private final Optional<Instruction> instruction;
  private final Control control;

  private Evidence(
      CoreFile core,
      LoadedFiles files,
      MemoryImage memory,
      FaultRegisters fault,
      Executables executables,
      boolean retainWords)
      throws IOException {
    this.core = core;
    this.memory = memory;
    this.files = files;
    this.executables = executables;
    this.code = new CodeBytes(core.machine(), memory, files, executables);
    this.walk = new StackWalk(core.machine(), memory, files, executables, code);
    this.fault = fault;
    this.registers = fault.registers();
    this.whereabouts = new Whereabouts(core);
    this.retainWords = retainWords;
    this.instruction = code.instructionAt(registers.pc());
    this.control = ControlSigns.of(this);
  }

  /// Plans, reads, and lays out: the ranges that are always wanted and those that the examiners
  /// declare are merged and fetched before anything is examined.
  ///
  /// @param core a core with at least one thread
  /// @param executables who can give the text that the core left out
  /// @param retainWords whether words that may be people's data are kept
  /// @param examiners whose wishes are fetched
  /// @throws IOException where the store cannot deliver
  static Evidence of(
      CoreFile core, Executables executables, boolean retainWords, List<Examiner> examiners)
      throws IOException {
    CoreThread thread = core.dyingThread().orElse(core.threads().getFirst());
    List<Span> first = new ArrayList<>();
    first.add(new Span(thread.registers().sp() - BELOW, BELOW + ABOVE));
    for (Examiner examiner : examiners) {
      first.addAll(examiner.wants(core));
    }
    LoadedFiles files = LoadedFiles.of(core, core.memory().preload(first));
    StackWalk callers =
        new StackWalk(
            core.machine(),
            files.memory(),
            files,
            executables,
            new CodeBytes(core.machine(), files.memory(), files, executables));
    FaultRegisters fault = FaultRegisters.of(core, files.memory(), callers::from);
    // The fault may lie on another stack than the dying thread's own.
    MemoryImage memory =
        files.memory().preload(List.of(new Span(fault.registers().sp() - BELOW, BELOW + ABOVE)));
    return new Evidence(core, files, memory, fault, executables, retainWords);
  }

  /// Lays out what somebody has told: all of it is at hand, and nothing is searched for.
  ///
  /// @param core what there is of memory, with one thread
  /// @throws IOException where the store cannot deliver
  static Evidence told(
      CoreFile core,
      LoadedFiles files,
      FaultRegisters fault,
      Executables executables,
      boolean retainWords)
      throws IOException {
    return new Evidence(core, files, core.memory(), fault, executables, retainWords);
  }

  /// The core's headers and notes.
  public CoreFile core() {
    return core;
  }

  /// Its memory.
  public MemoryImage memory() {
    return memory;
  }

  /// The files that were loaded.
  public LoadedFiles files() {
    return files;
  }

  /// Who can give the files behind them.
  public Executables executables() {
    return executables;
  }

  /// Its text.
  public CodeBytes code() {
    return code;
  }

  /// A walker over its stacks.
  public StackWalk walk() {
    return walk;
  }

  /// The fault, as the signal struck.
  public FaultRegisters fault() {
    return fault;
  }

  /// The registers of the fault, with the segment bases.
  public Registers registers() {
    return registers;
  }

  /// The instruction at the fault's instruction pointer, where its bytes could be had.
  public Optional<Instruction> instruction() {
    return instruction;
  }

  /// How control got to the place of death.
  Control control() {
    return control;
  }

  /// Whether words that may be people's data are kept.
  public boolean retainWords() {
    return retainWords;
  }

  /// The text of a function, read when first asked for: the question how control got here comes
  /// back to the same few functions.
  ///
  /// @param function where it begins
  /// @throws IOException where the store cannot deliver
  FunctionText text(long function) throws IOException {
    FunctionText known = texts.get(function);
    if (known == null) {
      known = FunctionText.read(this, function);
      texts.put(function, known);
    }
    return known;
  }

  /// What a word points to.
  public WordKind kind(long word) {
    return whereabouts.of(word);
  }

  /// Whether a word may be people's data: neither an address of this process nor a small number,
  /// of which -1 is one.
  public boolean isData(long word) {
    return switch (kind(word)) {
      case CODE, STACK, HEAP, FILE, NULL_PAGE, SMALL -> false;
      case NON_CANONICAL, UNMAPPED -> word != -1;
    };
  }

  /// Whether a word could be an address at all.
  public boolean isCanonical(long word) {
    return whereabouts.isCanonical(word);
  }

  /// Whether a signal struck at all: a gcore of a healthy process has none.
  public boolean struck() {
    return fault.signo() != 0;
  }

  /// The word at an address, from the core or, for a constant, from its file; empty where it is
  /// absent.
  ///
  /// @throws IOException where the store cannot deliver
  public OptionalLong word(long address) throws IOException {
    if (memory.read(address, 8) instanceof MemoryRead.Present(ByteView word)) {
      return OptionalLong.of(word.u64(0));
    }
    ByteView constant = code.upTo(address, 8);
    return constant.length() == 8 ? OptionalLong.of(constant.u64(0)) : OptionalLong.empty();
  }

  /// Why text at an address could not be had, in words.
  public String textMissing(long address) {
    Optional<LoadedFile> file = files.at(address);
    return "text at 0x"
        + Long.toHexString(address)
        + " is not in the core"
        + file.map(
                f ->
                    f.buildId()
                        .map(id -> ", and no file with build-id " + id.hex() + " was found")
                        .orElse(", and its file has no build-id to be found by"))
            .orElse(", and belongs to no file");
  }

  boolean isX86() {
    return core.machine() == Machine.X86_64;
  }
}
