package dev.pumphandle.corefile.stack;

/// How a frame was found, surest first.
public enum FrameTrust {
  /// From the registers themselves.
  CONTEXT("context"),
  /// By the compiler's own call frame information.
  CFI("cfi"),
  /// By following saved frame pointers.
  FRAME_POINTER("frame-pointer"),
  /// By looking for words that follow a call instruction.
  SCAN("scan");

  private final String word;

  FrameTrust(String word) {
    this.word = word;
  }

  /// The word in columns and on screen.
  public String word() {
    return word;
  }
}
