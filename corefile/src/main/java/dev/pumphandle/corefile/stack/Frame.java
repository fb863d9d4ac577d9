package dev.pumphandle.corefile.stack;

/// One frame of a stack.
///
/// @param pc the instruction: where the innermost frame died, where the others return to (address)
/// @param sp the stack pointer in that frame (address)
/// @param trust how the frame was found
public record Frame(long pc, long sp, FrameTrust trust) {

  /// The address to look up a function by: a return address may already be the next function's.
  public long lookup() {
    return trust == FrameTrust.CONTEXT ? pc : pc - 1;
  }
}
