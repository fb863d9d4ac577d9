package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.ByteView;
import java.util.Objects;

/// One thread's extended processor state (`NT_X86_XSTATE`): an XSAVE area, FXSAVE image first.
///
/// Its size depends on the processor: 832 bytes with AVX, some 2.7 kB with AVX-512, 11 kB with AMX.
///
/// Source: Intel SDM vol. 1, §13.4 "XSAVE Area"; Linux v6.12
/// arch/x86/include/uapi/asm/sigcontext.h, struct _xstate
public record XState(NoteHead head) implements Note {

  static final int LEAST_BYTES = 576;

  /// The features that the kernel had enabled (`XCR0`, a bit each), which Linux puts into the
  /// software-reserved bytes.
  public long enabledFeatures() {
    return contents().u64(464);
  }

  /// The features whose state is not the initial one and is therefore in the area (`XSTATE_BV`, a
  /// bit each).
  public long savedFeatures() {
    return contents().u64(512);
  }

  /// `xmm0`…`xmm15` (16 bytes).
  ///
  /// @throws IndexOutOfBoundsException where `number` is not in 0 to 15
  public ByteView xmm(int number) {
    return contents().slice(160 + 16 * Objects.checkIndex(number, 16), 16);
  }

  /// The control and status word of vector arithmetic (`mxcsr`, unsigned).
  public long mxcsr() {
    return contents().u32(24);
  }

  @Override
  public String toString() {
    return "XState[" + contents().length() + " bytes]";
  }
}
