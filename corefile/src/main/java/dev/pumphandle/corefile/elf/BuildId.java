package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteView;
import java.util.HexFormat;

/// The identity that the linker gave a file (`NT_GNU_BUILD_ID`), in lower-case hex.
///
/// @param hex two digits a byte; 40 digits as a rule
public record BuildId(String hex) {

  /// The longest identity that is believed (bytes); linkers write 8 to 32.
  static final int MAX_BYTES = 64;

  /// The build-id with these bytes.
  static BuildId of(ByteView bytes) {
    return new BuildId(HexFormat.of().formatHex(bytes.toArray()));
  }

  @Override
  public String toString() {
    return hex;
  }
}
