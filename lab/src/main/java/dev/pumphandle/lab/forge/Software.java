package dev.pumphandle.lab.forge;

import static dev.pumphandle.lab.forge.ForgedMachine.AARCH64;
import static dev.pumphandle.lab.forge.ForgedMachine.X86_64;

/// The machine code that forged patients run: a service with one function for each way to die, and
/// the libraries it dies in.
///
/// Hand-assembled, with frame pointers, and with real call instructions before every return
/// address, so that whoever examines the core can check how
/// control got there. Marks name the instructions that matter. The last instructions of libunwind's
/// `_Ux86_64_setcontext` are those of libunwind 1.6.2
/// (src/x86_64/setcontext.S): from the first load on, the context it reads lies unprotected below
/// rsp.
final class Software {

  /// Slots in the service's data page that hold addresses of library functions.
  static final int ABORT = 0;
  static final int FREE = 8;
  static final int RAISE = 16;
  static final int KILL = 24;
  static final int THROW = 32;
  static final int WAIT = 40;
  static final int ASSERT_FAIL = 48;

  /// Slot in libstdc++'s data page that holds the unwinder's entry.
  static final int UNWIND = 0;

  /// Slot in libc's data page: the pointer to the abort message.
  static final int ABORT_MESSAGE = 8;

  private Software() {}

  /// The service on x86-64.
  static Code service() {
    Code c = new Code(X86_64, ForgedElf.TEXT);
    c.function("smashed").enter(0x40).hex("c9").mark("smashed:ret").hex("c3");
    // an unbalanced push: ret pops what lies 8 below the return address
    c.function("lopsided_return").enter(0x20).hex("50 48 83 c4 20 5d c3");
    c.function("aligned_store").enter(0x20).mark("movaps").hex("0f 29 45 f0").leave();
    c.function("lopsided_store").enter(0x28).call("aligned_store").leave();
    c.function("call_null").enter(0x20).hex("31 c0 ff d0").mark("call_null>*rax").leave();
    c.function("call_virtual").enter(0x20).hex("48 8b 07 ff 50 18").mark("call_virtual>*").leave();
    c.function("call_pointer").enter(0x20).mark("call:rdx").hex("ff d2").mark("call>*rdx").leave();
    c.function("hop").hex("55 48 89 e5 31 c0 5d ff e0");
    c.function("recurse").enter(0x20).mark("recurse:call").call("recurse").leave();
    c.function("load_field").enter(0x20).hex("31 c0").mark("load:0x18").hex("8b 40 18").leave();
    c.function("load_word").enter(0x20).mark("load:rax").hex("48 8b 00").leave();
    c.function("store_word").enter(0x20).mark("store:rax").hex("48 89 08").leave();
    c.function("give_up").enter(0x20).callThrough(ABORT, "abort").leave();
    c.function("check").enter(0x20).callThrough(ASSERT_FAIL, "__assert_fail").leave();
    c.function("free_twice").enter(0x20).callThrough(FREE, "free").leave();
    c.function("undefined").enter(0x20).mark("ud2").hex("0f 0b").leave();
    c.function("divide").enter(0x20).hex("31 c9 99").mark("idiv").hex("f7 f9").leave();
    c.function("breakpoint").enter(0x20).hex("cc").mark("behind-int3").leave();
    c.function("idle").enter(0x20).callThrough(WAIT, "wait").leave();
    c.function("thrower").enter(0x40).callThrough(THROW, "__cxa_throw").leave();
    c.function("catcher").enter(0x40).call("thrower").mark("landing-pad").hex("48 89 c7").leave();
    c.function("on_fatal_abort").enter(0x40).callThrough(ABORT, "abort").leave();
    c.function("on_fatal_kill").enter(0x40).callThrough(KILL, "kill").leave();
    c.function("on_fatal_broken")
        .enter(0x40)
        .hex("31 c0")
        .mark("handler:load")
        .hex("8b 00")
        .leave();
    c.function("on_alarm").enter(0x20).leave();
    c.function("dispatch").enter(0x40);
    for (String way :
        new String[] {
          "smashed",
          "lopsided_return",
          "lopsided_store",
          "call_null",
          "call_virtual",
          "call_pointer",
          "hop",
          "recurse",
          "load_field",
          "load_word",
          "store_word",
          "give_up",
          "check",
          "free_twice",
          "undefined",
          "divide",
          "breakpoint",
          "idle",
          "catcher"
        }) c.call(way);
    c.leave();
    c.function("serve").enter(0x40).call("dispatch").leave();
    c.function("worker").enter(0x20).call("serve").leave();
    return c.function("main").enter(0x20).call("serve").leave();
  }

  /// The C library on x86-64: what is on the stack when a process aborts, waits or handles a
  /// signal.
  static Code libc() {
    Code c = new Code(X86_64, ForgedElf.TEXT);
    c.function("__restore_rt").hex("48 c7 c0 0f 00 00 00 0f 05");
    c.function("__pthread_kill_implementation")
        .enter(0x90)
        .hex("b8 ea 00 00 00 0f 05")
        .mark("behind-tgkill")
        .leave();
    c.function("raise").enter(0x10).call("__pthread_kill_implementation").leave();
    c.function("abort").enter(0x20).call("raise").leave();
    c.function("__libc_message").enter(0x40).call("abort").leave();
    c.function("malloc_printerr").enter(0x10).call("__libc_message").leave();
    c.function("_int_free").enter(0x60).call("malloc_printerr").leave();
    c.function("free").enter(0x10).call("_int_free").leave();
    c.function("__assert_fail").enter(0x30).call("abort").leave();
    c.function("kill").hex("b8 3e 00 00 00 0f 05").mark("behind-kill").hex("c3");
    c.function("wait").enter(0x10).hex("b8 07 00 00 00 0f 05").mark("behind-wait").leave();
    c.function("start_thread").enter(0x40).hex("ff d0").mark("start_thread>*rax").leave();
    c.function("__libc_start_main").enter(0x40).hex("ff d0").mark("__libc_start_main>*rax").leave();
    return c;
  }

  /// GNU libunwind on x86-64.
  static Code libunwind() {
    Code c = new Code(X86_64, ForgedElf.TEXT);
    c.function("_Ux86_64_setcontext")
        .hex("48 8b 9f 80 00 00 00 48 8b 6f 78")
        .mark("setcontext:rsp")
        .hex("48 8b a7 a0 00 00 00")
        .mark("setcontext:rip")
        .hex("48 8b 8f a8 00 00 00 51 48 8b 8f 98 00 00 00 48 8b 7f 68")
        .mark("setcontext:ret")
        .hex("c3");
    c.function("_ULx86_64_resume").enter(0x20).call("_Ux86_64_setcontext").leave();
    return c.function("_Unwind_RaiseException").enter(0x80).call("_ULx86_64_resume").leave();
  }

  /// The C++ runtime on x86-64.
  static Code libstdcxx() {
    Code c = new Code(X86_64, ForgedElf.TEXT);
    c.function("_ZTISt13runtime_error").hex("c3");
    c.function("_ZL23__gxx_exception_cleanup").hex("c3");
    c.function("__cxa_end_catch").enter(0x10).leave();
    return c.function("__cxa_throw").enter(0x20).callThrough(UNWIND, "unwind").leave();
  }

  /// The vDSO.
  static Code vdso(ForgedMachine machine) {
    Code c = new Code(machine, ForgedElf.TEXT);
    if (machine == X86_64) c.function("__vdso_clock_gettime").hex("0f 01 f9 c3");
    else c.function("__kernel_rt_sigreturn").hex("68 11 80 d2 01 00 00 d4");
    return c;
  }

  /// The service on AArch64: `blr x0`, `br x0`, loads, and a `ret` through a smashed frame record.
  static Code armService() {
    Code c = new Code(AARCH64, ForgedElf.TEXT);
    c.function("smashed").enter(0).hex("fd 7b c2 a8").mark("smashed:ret").hex("c0 03 5f d6");
    c.function("call_null").enter(0).hex("00 00 3f d6").mark("call_null>*x0").leave();
    c.function("hop").hex("00 00 1f d6");
    c.function("load_field").enter(0).mark("load:0x18").hex("00 18 40 b9").leave();
    c.function("undefined").enter(0).mark("udf").hex("00 00 00 00").leave();
    c.function("give_up").enter(0).hex("00 00 3f d6").mark("give_up>abort").leave();
    c.function("on_fatal_abort").enter(0).hex("00 00 3f d6").mark("on_fatal_abort>abort").leave();
    c.function("dispatch").enter(0);
    for (String way :
        new String[] {"smashed", "call_null", "hop", "load_field", "undefined", "give_up"})
      c.call(way);
    c.leave();
    c.function("serve").enter(0).call("dispatch").leave();
    return c.function("main").enter(0).call("serve").leave();
  }

  /// The C library on AArch64.
  static Code armLibc() {
    Code c = new Code(AARCH64, ForgedElf.TEXT);
    c.function("__pthread_kill_implementation")
        .enter(0)
        .hex("68 10 80 d2 01 00 00 d4")
        .mark("behind-tgkill")
        .leave();
    c.function("raise").enter(0).call("__pthread_kill_implementation").leave();
    c.function("abort").enter(0).call("raise").leave();
    return c.function("__libc_start_main")
        .enter(0)
        .hex("60 00 3f d6")
        .mark("__libc_start_main>*x3")
        .leave();
  }
}
