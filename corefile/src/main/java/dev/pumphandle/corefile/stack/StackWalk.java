package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.code.CodeBytes;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.corefile.memory.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Walks the stack of a dead thread from sure to unsure: by call frame information, then by frame
/// pointers, then by scanning for words that follow a call.
///
/// Every step must move up the stack, so a walk ends; it never leaves the memory that is there.
public final class StackWalk {

  /// The most frames of one walk (count).
  public static final int MOST_FRAMES = 64;

  /// How far a scan looks for the next return address (bytes).
  private static final int SCAN = 1024;

  private final Machine machine;
  private final MemoryImage memory;
  private final LoadedFiles files;
  private final Executables executables;
  private final CodeBytes code;

  /// The function that was asked for last: a text is followed call by call.
  private volatile @Nullable Range lastFunction;

  /// A walker over one core.
  public StackWalk(
      Machine machine,
      MemoryImage memory,
      LoadedFiles files,
      Executables executables,
      CodeBytes code) {
    this.machine = machine;
    this.memory = memory;
    this.files = files;
    this.executables = executables;
    this.code = code;
  }

  /// The frames from these registers outwards, innermost first; the registers themselves are the
  /// first.
  ///
  /// @throws IOException where the store cannot deliver
  public List<Frame> from(Registers registers) throws IOException {
    List<Frame> frames = new ArrayList<>();
    frames.add(new Frame(registers.pc(), registers.sp(), FrameTrust.CONTEXT));
    Registers here = registers;
    boolean interrupted = true;
    while (frames.size() < MOST_FRAMES) {
      Optional<Step> step = step(here, interrupted);
      if (step.isEmpty()) {
        break;
      }
      Step next = step.get();
      long sp = next.registers().sp();
      if (next.registers().pc() == 0 || Long.compareUnsigned(sp, here.sp()) <= 0) {
        break;
      }
      here = next.registers();
      interrupted = next.interrupted();
      frames.add(new Frame(here.pc(), sp, next.trust()));
    }
    return frames;
  }

  /// The canonical frame address of the function that these registers stand in, by call frame
  /// information: the return address is the word below it. Empty where there is no such
  /// information.
  ///
  /// @throws IOException where the store cannot deliver
  public OptionalLong frameAddress(Registers here) throws IOException {
    Optional<CallFrameInformation.Description> found = describe(here.pc());
    return found.isPresent() ? frameAddress(here, found.get().row()) : OptionalLong.empty();
  }

  /// Whether the function at an address has landing pads: whether its call frame information names
  /// language-specific data. Empty where there is no such information.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<Boolean> hasLandingPads(long pc) throws IOException {
    return describe(pc).map(found -> found.lsda().isPresent());
  }

  /// Where the function around an address begins, by call frame information. Empty where there is
  /// no such information.
  ///
  /// @throws IOException where the store cannot deliver
  public OptionalLong functionAround(long pc) throws IOException {
    Optional<LoadedFile> file = files.at(pc);
    Optional<CallFrameInformation.Description> found = describe(pc);
    return file.isPresent() && found.isPresent()
        ? OptionalLong.of(found.get().begin() + file.get().bias())
        : OptionalLong.empty();
  }

  /// Whether two addresses lie in one function, by call frame information. Empty where the first
  /// has none.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<Boolean> oneFunction(long pc, long other) throws IOException {
    Range known = lastFunction;
    if (known == null || !known.holds(pc)) {
      Optional<LoadedFile> file = files.at(pc);
      Optional<CallFrameInformation.Description> found = describe(pc);
      if (file.isEmpty() || found.isEmpty()) {
        return Optional.empty();
      }
      long bias = file.get().bias();
      known = new Range(found.get().begin() + bias, found.get().end() + bias);
      lastFunction = known;
    }
    return Optional.of(known.holds(other));
  }

  private record Range(long from, long to) {
    boolean holds(long address) {
      return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
    }
  }

  private record Step(Registers registers, FrameTrust trust, boolean interrupted) {}

  private Optional<Step> step(Registers here, boolean interrupted) throws IOException {
    if (code.isCode(here.pc())) {
      Optional<Step> byTable = byTable(here, interrupted ? here.pc() : here.pc() - 1);
      if (byTable.isPresent()) {
        return byTable;
      }
    }
    Optional<Step> byPointer = byFramePointer(here);
    return byPointer.isPresent() ? byPointer : byScan(here);
  }

  private Optional<CallFrameInformation.Description> describe(long pc) throws IOException {
    Optional<LoadedFile> file = files.at(pc);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Optional<ElfImage> image =
        file.get().kind() == LoadedFile.Kind.VDSO
            ? files.vdsoImage()
            : executables.find(file.get());
    return image.isEmpty()
        ? Optional.empty()
        : CallFrameInformation.of(image.get()).at(pc - file.get().bias());
  }

  private Optional<Step> byTable(Registers here, long lookup) throws IOException {
    Optional<CallFrameInformation.Description> description = describe(lookup);
    if (description.isEmpty()) {
      return Optional.empty();
    }
    UnwindRow row = description.get().row();
    OptionalLong cfa = frameAddress(here, row);
    if (cfa.isEmpty()) {
      return Optional.empty();
    }
    return new FrameRestore(machine, memory, row, here, cfa.getAsLong())
        .caller()
        .filter(caller -> code.isCode(caller.pc()))
        .map(caller -> new Step(caller, FrameTrust.CFI, row.signalFrame()));
  }

  private OptionalLong frameAddress(Registers here, UnwindRow row) throws IOException {
    return switch (row.cfa()) {
      case UnwindRow.Cfa.AtRegister(int register, long offset) ->
          plus(here.dwarf(register), offset);
      case UnwindRow.Cfa.Computed(ByteView expression) ->
          new DwarfExpression(memory, here).evaluate(expression, OptionalLong.empty());
    };
  }

  private static OptionalLong plus(OptionalLong value, long offset) {
    return value.isPresent() ? OptionalLong.of(value.getAsLong() + offset) : value;
  }

  /// The word at the frame pointer is the caller's frame pointer, the next the return address.
  ///
  /// Source: AMD64 System V ABI §3.2.2 figure 3.3; AAPCS64 §6.4.6 "The Frame Pointer".
  private Optional<Step> byFramePointer(Registers here) throws IOException {
    long fp = here.fp();
    if ((fp & 7) != 0
        || Long.compareUnsigned(fp, here.sp()) < 0
        || Long.compareUnsigned(fp - here.sp(), 1 << 20) > 0
        || !(memory.read(fp, 16) instanceof MemoryRead.Present(ByteView pair))) {
      return Optional.empty();
    }
    long returnAddress = pair.u64(8);
    if (!followsCall(returnAddress)) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            caller(here, returnAddress, fp + 16, pair.u64(0)), FrameTrust.FRAME_POINTER, false));
  }

  private Optional<Step> byScan(Registers here) throws IOException {
    long from = here.sp() & -8;
    for (Stretch stretch : memory.stretches(from, SCAN)) {
      ByteView words = stretch.bytes();
      for (int at = (int) (-stretch.from() & 7); at + 8 <= words.length(); at += 8) {
        long word = words.u64(at);
        if (followsCall(word)) {
          long sp = stretch.from() + at + 8;
          return Optional.of(new Step(caller(here, word, sp, here.fp()), FrameTrust.SCAN, false));
        }
      }
    }
    return Optional.empty();
  }

  private Registers caller(Registers here, long pc, long sp, long fp) {
    return machine == Machine.X86_64
        ? here.with("rip", pc).with("rsp", sp).with("rbp", fp)
        : here.with("pc", pc).with("sp", sp).with("x29", fp);
  }

  /// Whether an address may be a return address: it is code and follows a call, or it is code and
  /// nobody can tell.
  private boolean followsCall(long address) throws IOException {
    return code.isCode(address)
        && code.callsBefore(address).map(calls -> !calls.isEmpty()).orElse(true);
  }
}
