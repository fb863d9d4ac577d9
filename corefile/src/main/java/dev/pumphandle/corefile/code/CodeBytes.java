package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.corefile.memory.MemoryImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The text and constants of a dead process: from the core where they were dumped, else from the
/// executables, whose build-ids were checked by whoever hands them over.
///
/// Folklore: the default `coredump_filter` (0x33) leaves file-backed text out but keeps the first
/// page of each ELF file, so a small program's text may be half there. Test: CodeBytesTest.
public final class CodeBytes {

  private final Machine machine;
  private final MemoryImage memory;
  private final LoadedFiles files;
  private final Executables executables;

  /// The text of one core.
  public CodeBytes(
      Machine machine, MemoryImage memory, LoadedFiles files, Executables executables) {
    this.machine = machine;
    this.memory = memory;
    this.files = files;
    this.executables = executables;
  }

  /// As many bytes as there are from an address on, perhaps none.
  ///
  /// @throws IOException where the store cannot deliver
  public ByteView upTo(long address, int length) throws IOException {
    ByteView dumped = memory.readUpTo(address, length).bytes();
    if (dumped.length() == length) {
      return dumped;
    }
    ByteView onDisk = fromFile(address, length);
    return onDisk.length() > dumped.length() ? onDisk : dumped;
  }

  private ByteView fromFile(long address, int length) throws IOException {
    Optional<LoadedFile> file = files.at(address);
    if (file.isEmpty() || !isConstant(address)) {
      return ByteView.EMPTY;
    }
    long vaddr = address - file.get().bias();
    Optional<ElfImage> image = executables.find(file.get()).filter(i -> i.isConstant(vaddr));
    return image.isEmpty() ? ByteView.EMPTY : image.get().readUpTo(vaddr, length);
  }

  private boolean isConstant(long address) {
    Optional<Mapping> mapping = memory.mappingAt(address);
    return mapping.isPresent()
        && mapping.get().permissions().known()
        && !mapping.get().permissions().writable();
  }

  /// Whether an address lies in memory that could be executed.
  public boolean isCode(long address) {
    Optional<Mapping> mapping = memory.mappingAt(address);
    return mapping.isPresent() && mapping.get().permissions().executable();
  }

  /// The instruction at an address; empty where its bytes are absent or unknown.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<Instruction> instructionAt(long address) throws IOException {
    return isCode(address)
        ? Decoder.decode(machine, upTo(address, Decoder.LONGEST), address)
        : Optional.empty();
  }

  /// The calls that may stand just before a return address.
  ///
  /// @return empty where the text is absent, so that nobody can tell; an empty list where it is
  ///   there and holds no call
  /// @throws IOException where the store cannot deliver
  public Optional<List<Instruction>> callsBefore(long returnAddress) throws IOException {
    if (!isCode(returnAddress - 1)) {
      return Optional.of(List.of());
    }
    for (int length = Decoder.LONGEST_CALL; length >= 2; length -= 2) {
      ByteView before = upTo(returnAddress - length, length);
      if (before.length() == length) {
        return Optional.of(Decoder.callsBefore(machine, before, returnAddress));
      }
    }
    return Optional.empty();
  }

  /// A call or jump as it was meant: one to a retpoline's thunk is an indirect one through the
  /// register that the thunk goes to; any other stays as it is.
  ///
  /// @throws IOException where the store cannot deliver
  public Instruction throughRetpoline(Instruction transfer) throws IOException {
    if (machine != Machine.X86_64
        || transfer.target().isEmpty()
        || !transfer.kind().transfersControl()) {
      return transfer;
    }
    Optional<String> register =
        Retpoline.thunk(upTo(transfer.target().getAsLong(), Retpoline.LENGTH));
    if (register.isEmpty()) {
      return transfer;
    }
    InstructionKind kind =
        transfer.kind() == InstructionKind.CALL_DIRECT
            ? InstructionKind.CALL_INDIRECT
            : InstructionKind.JUMP_INDIRECT;
    return Instruction.of(kind, transfer.length(), new Operand.InRegister(register.get()));
  }

  /// The register that the `ret` of a retpoline's thunk goes to; empty where the `ret` is another.
  ///
  /// @param ret its address
  /// @throws IOException where the store cannot deliver
  public Optional<String> retpolineBefore(long ret) throws IOException {
    return machine == Machine.X86_64
        ? Retpoline.beforeRet(upTo(ret - Retpoline.BEFORE_RET, Retpoline.BEFORE_RET))
        : Optional.empty();
  }
}
