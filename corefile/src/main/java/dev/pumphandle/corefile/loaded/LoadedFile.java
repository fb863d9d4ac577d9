package dev.pumphandle.corefile.loaded;

import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.corefile.elf.ElfImage;
import java.util.Optional;

/// A file that was loaded into the dead process: an executable, a library, the dynamic linker or
/// the vDSO.
///
/// @param kind its part in the process
/// @param path the file, where the core names it; ` (deleted)` follows where the kernel said so
/// @param buildId its identity, where the core holds the page that states it
/// @param from its lowest mapped address (unsigned)
/// @param to the first address after its last mapping (unsigned)
/// @param bias what was added to the file's addresses to get the process's (wraps); 0 in a fixed
///     executable
public record LoadedFile(
    Kind kind, Optional<String> path, Optional<BuildId> buildId, long from, long to, long bias) {

  /// The parts that a loaded file can play.
  public enum Kind {
    /// The program itself.
    MAIN,
    /// The dynamic linker.
    LINKER,
    /// A shared object.
    LIBRARY,
    /// The code that the kernel maps into every process.
    VDSO
  }

  /// Where the file's own header was mapped (unsigned): the lowest mapped address.
  public long base() {
    return from;
  }

  /// What was added to the addresses of `file`, which is this file as found on a disk (wraps).
  ///
  /// Better than [#bias] where the core does not hold the file's own header, as [#bias] is a guess
  /// then.
  public long biasFor(ElfImage file) {
    return from - file.lowestAddress();
  }

  /// Whether `address` lies in `[from, to)`.
  public boolean contains(long address) {
    return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
  }

  /// The path, `[vdso]`, or the base address in hex: something to call it by.
  public String name() {
    return path.orElse(kind == Kind.VDSO ? "[vdso]" : "0x" + Long.toHexString(from));
  }
}
