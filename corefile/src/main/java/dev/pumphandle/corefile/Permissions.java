package dev.pumphandle.corefile;

/// What a mapping allowed: read, write, execute; or unknown, where only the file map tells of the
/// mapping.
///
/// @param known whether the core says
/// @param readable whether it could be read
/// @param writable whether it could be written
/// @param executable whether it could be executed
public record Permissions(boolean known, boolean readable, boolean writable, boolean executable) {

  /// Permissions that the core does not state.
  public static final Permissions UNKNOWN = new Permissions(false, false, false, false);

  private static final Permissions[] BY_FLAGS = new Permissions[8];

  static {
    for (int flags = 0; flags < 8; flags++) {
      BY_FLAGS[flags] = new Permissions(true, (flags & 4) != 0, (flags & 2) != 0, (flags & 1) != 0);
    }
  }

  /// The permissions that `p_flags` states.
  public static Permissions ofFlags(int flags) {
    return BY_FLAGS[flags & 7];
  }

  /// The permissions as `/proc/pid/maps` writes them: `r-x`; `???` where unknown.
  @Override
  public String toString() {
    return known
        ? (readable ? "r" : "-") + (writable ? "w" : "-") + (executable ? "x" : "-")
        : "???";
  }
}
