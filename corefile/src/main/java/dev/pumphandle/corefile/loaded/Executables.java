package dev.pumphandle.corefile.loaded;

import dev.pumphandle.corefile.elf.ElfImage;
import java.util.Optional;

/// Who can give us the file behind a mapping, when the core alone is not enough.
///
/// An implementation only answers with a file whose build-id agrees, where the core tells one; it
/// may keep files open and shares them between threads.
@FunctionalInterface
public interface Executables {

  /// Nobody can.
  Executables NONE = file -> Optional.empty();

  /// The file that was loaded, opened; empty where it cannot be had.
  Optional<ElfImage> find(LoadedFile file);
}
