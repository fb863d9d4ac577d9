package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.stack.Frame;
import dev.pumphandle.corefile.stack.FrameTrust;
import java.util.List;

/// Whether a signal frame above the stack pointer is one that its handler has left: it lies within
/// the frame of a function that was called later, in a part that this function never wrote to.
///
/// Folklore: a handler that jumps out (siglongjmp), or mends what it interrupted and returns,
/// leaves its frame whole. A later function with a large buffer takes the stack again, dies of
/// something else, and the old frame stands above its stack pointer like that of a running handler.
/// Seen with a probe of memory by sigsetjmp() and with a handler that steps over an instruction, as
/// virtual machines do for null checks. Test: PassedOverTest.
///
/// A running handler returns to the frame's own return address: the walk over its callers comes by
/// there. A walk that passes over the frame by call frame information alone, and does not, says
/// that no handler is running there. A walk that ends before, or guesses, says nothing.
final class PassedOver {

  private PassedOver() {}

  /// @param walk the frames from the thread's registers outwards
  static boolean by(List<Frame> walk, SignalFrame frame) {
    for (int i = 0; i + 1 < walk.size(); i++) {
      Frame callee = walk.get(i);
      Frame caller = walk.get(i + 1);
      if (!isSure(callee, caller) || isHandlersReturn(caller, frame)) {
        return false;
      }
      if (Long.compareUnsigned(frame.at(), callee.sp()) >= 0
          && Long.compareUnsigned(frame.at(), caller.sp()) < 0) {
        return true;
      }
    }
    return false;
  }

  /// By call frame information; or the first step, where the instruction pointer stands in no code
  /// and a return address lies right at the stack pointer, as after a call.
  private static boolean isSure(Frame callee, Frame caller) {
    return caller.trust() == FrameTrust.CFI
        || (callee.trust() == FrameTrust.CONTEXT
            && caller.trust() == FrameTrust.SCAN
            && caller.sp() == callee.sp() + 8);
  }

  /// The handler has been called with the frame on top of the stack; on x86-64 its first word is
  /// popped by the return.
  private static boolean isHandlersReturn(Frame caller, SignalFrame frame) {
    return caller.pc() == frame.restorer()
        && (caller.sp() == frame.at() || caller.sp() == frame.at() + 8);
  }
}
