package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines that talk about crashes and tell of none.
class NegativesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I got a Segmentation fault (core dumped) when running this yesterday",
        "user wrote: \"*** SIGSEGV (@0x0) received by PID 1 (TID 0x1) from PID 0; stack trace: ***\"",
        "> *** SIGSEGV (@0x0) received by PID 1 (TID 0x1) from PID 0; stack trace: ***",
        "// prints *** Signal 11 (SIGSEGV) (0x0) received by PID 1 (TID 0x1), stack trace: ***",
        "docs: when the process receives SIGSEGV it dumps core; see signal(7)",
        "Segmentation fault handling is described in chapter 3",
        "the kernel prints traps: foo[1] general protection fault ip:1 sp:2 error:0 in such a case",
        "test: expect \"Aborted (core dumped)\"",
        "[       OK ] CrashTest.Segfault (12 ms)",
        "[  DEATH   ] *** SIGSEGV received at time=1731801600 on cpu 1 ***",
        "Received signal 15, shutting down",
        "Received signal SIGTERM: Terminated",
        "caught signal 15, exiting gracefully",
        "received signal terminated, exiting",
        "java.lang.NullPointerException: fatal error in handler",
        "FATAL: password authentication failed for user \"x\"",
        "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space",
        "recovered from panic: boom",
        "E0101 00:00:00.000000 1 runtime.go:77] Observed a panic: \"invalid memory address\"",
        "thread 'main' panicked at src/main.rs:2:5:",
        "x.c:3:5: runtime error: signed integer overflow",
        "order Aborted",
        "Killed by user request",
        "rax 0x0 is the first register, rip: 0000000000000000 in the tutorial",
        "unit.service: the docs say code=killed, status=11/SEGV means a crash",
        "Check failed: quota exceeded",
        "Test foo(): corrupted input is rejected",
        "ERROR: AddressSanitizer: SEGV would be printed here",
        "process 123 was killed by signal handler test",
        "EDAC MC: Ver: 3.0.0",
        "mce: CPU supports 20 MCE banks",
        "EDAC MC0: Giving out device to module sb_edac",
        "Exit Code:    139",
        "exited with code 139 is what a segfault looks like",
      })
  void areNotBelieved(String line) {
    assertThat(Excerpt.rows(line + "\n")).isEmpty();
    assertThat(Excerpt.rows("2026-06-03T10:00:00Z n1 app[7]: " + line + "\n")).isEmpty();
  }
}
