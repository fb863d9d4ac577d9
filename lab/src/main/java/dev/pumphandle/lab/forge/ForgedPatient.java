package dev.pumphandle.lab.forge;

import java.io.IOException;
import java.nio.file.Path;

/// A forged core with the truth about it.
///
/// @param name  what it died of, and how, in a few words with dashes
/// @param label the label that it must get
/// @param core  the file
/// @param truth what an examination should find
public record ForgedPatient(String name, String label, ForgedCore core, Truth truth) {

  /// The bytes of the core.
  public byte[] bytes() {
    return core.bytes();
  }

  /// Writes the core to a file.
  public void write(Path file) throws IOException {
    core.write(file);
  }
}
