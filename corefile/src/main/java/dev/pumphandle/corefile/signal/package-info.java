/// Signal frames on the stacks of a dead process, and through them the registers of the fault.
///
/// A fatal-signal handler that prints and then raises leaves NT_PRSTATUS inside libc; what the
/// process really died of lies in the frame that the kernel pushed when it delivered the first
/// signal. It is found here without symbols. Nothing here decides what a crash means.
@NullMarked
package dev.pumphandle.corefile.signal;

import org.jspecify.annotations.NullMarked;
