package dev.pumphandle.corefile;

/// Who wrote a core, and by which evidence that is believed.
///
/// @param writer who
/// @param evidence why, as a sentence for people
public record Origin(Writer writer, String evidence) {

  /// The writers of cores told apart.
  public enum Writer {
    /// The Linux kernel, at the death of the process.
    KERNEL,
    /// gdb's `gcore` or `generate-core-file`, usually of a living process.
    GCORE,
    /// qemu's user-mode emulator, at the death of the emulated process.
    QEMU_USER,
    /// Somebody else.
    UNKNOWN
  }
}
