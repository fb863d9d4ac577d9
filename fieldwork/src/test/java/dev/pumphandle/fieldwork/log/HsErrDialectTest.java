package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Reports in the form of HotSpot's vmError.cpp.
class HsErrDialectTest {

  private static final String BANNER =
      """
      #
      # A fatal error has been detected by the Java Runtime Environment:
      #
      #  SIGSEGV (0xb) at pc=0x00007ffabc4d2f94, pid=4021, tid=4022
      #
      # JRE version: OpenJDK Runtime Environment (17.0.15+6) (build 17.0.15+6-Debian-1deb12u1)
      # Problematic frame:
      # V  [libjvm.so+0xed2f94]  Unsafe_PutLong+0x124
      #
      """;

  @Test
  void theBannerAloneTellsSignalPlaceAndProcess() {
    CaseRow row = Excerpt.row(BANNER);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGSEGV");
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(0x7ffabc4d2f94L);
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(4021L);
    assertThat(row.get(ProcessColumns.CRASH_TID)).contains(4022L);
    assertThat(row.get(StackColumns.SIGNATURE)).contains("Unsafe_PutLong+0x124");
  }

  @Test
  void theFileHasRegistersStackInstructionsAndMachine() {
    CaseRow row =
        Excerpt.row(
            BANNER
                + """
                ---------------  S U M M A R Y ------------

                Host: AMD EPYC, 2 cores, 23G, Debian GNU/Linux 12 (bookworm)
                Time: Tue Nov 24 00:19:35 2026 UTC elapsed time: 75.116230 seconds (0d 0h 1m 15s)

                ---------------  T H R E A D  ---------------

                Native frames: (J=compiled Java code, j=interpreted, Vv=VM code, C=native code)
                V  [libjvm.so+0xed2f94]  Unsafe_PutLong+0x124
                j  jdk.internal.misc.Unsafe.putLong(Ljava/lang/Object;JJ)V+0 java.base@17.0.15

                siginfo: si_signo: 11 (SIGSEGV), si_code: 1 (SEGV_MAPERR), si_addr: 0x0000000000000008

                Registers:
                RAX=0x0000000000000008, RBX=0x00007ffab4012340, RCX=0x0000000000000000, RDX=0x0000000000000001
                RSP=0x00007ffabb51e0c0, RBP=0x00007ffabb51e110, RSI=0x0000000000000008, RDI=0x00007ffab4012340
                R8 =0x0000000000000008, R9 =0x0000000000000000, R10=0x0000000000000000, R11=0x0000000000000000
                RIP=0x00007ffabc4d2f94, EFLAGS=0x0000000000010246, CSGSFS=0x002b000000000033, ERR=0x0000000000000006
                  TRAPNO=0x000000000000000e

                Top of Stack: (sp=0x00007ffabb51e0c0)
                0x00007ffabb51e0c0:   00007ffa33415110 0000000000000000

                Instructions: (pc=0x00007ffabc4d2f94)
                0x00007ffabc4d2f84:   48 8b 45 b8 48 8b 55 b0 48 89 d1 48 8b 55 a8 90
                0x00007ffabc4d2f94:   48 89 10 90 c9 c3 0f 1f 40 00 48 8b 45 b8 48 8b

                CPU: total 2 (initial active 2) family 25 model 17 stepping 1 microcode 0x1000065, cx8
                END.
                """);
    assertThat(row.get(SignalColumns.FAULT_ADDRESS)).contains(8L);
    assertThat(row.get(SignalColumns.TRAP_NUMBER)).contains(14);
    assertThat(row.get(SignalColumns.PAGE_FAULT_ERROR)).contains(6);
    assertThat(Excerpt.registers(row))
        .containsEntry("rax", 8L)
        .containsEntry("r8", 8L)
        .containsEntry("eflags", 0x10246L);
    assertThat(row.get(FaultColumns.INSTRUCTION_BYTES).orElse("")).startsWith("48891090c9c3");
    assertThat(row.get(FaultColumns.INSTRUCTION_KIND)).contains("store");
    assertThat(row.get(ControlColumns.TOP_WORD)).contains(0x7ffa33415110L);
    assertThat(row.get(IdentityColumns.OBSERVED_AT))
        .contains(Instant.parse("2026-11-24T00:19:35Z"));
    assertThat(row.get(PlaceColumns.PROCESS_AGE_S)).contains(75L);
    assertThat(row.get(PlaceColumns.HOST_CPU_MICROCODE)).contains("0x1000065");
    assertThat(row.get(PlaceColumns.HOST_CPU_MODEL_NAME)).contains("AMD EPYC");
  }

  @Test
  void aCompiledMethodIsNamedAndAnOldThreadIdIsNoneOfTheKernels() {
    CaseRow row =
        Excerpt.row(
            """
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f4c9b5e3a10, pid=12345, tid=139966084441856
            #
            # Problematic frame:
            # J 1234 C2 java.util.HashMap.put(Ljava/lang/Object;)V (13 bytes) @ 0x00007f4c9b5e3a10 [0x00007f4c9b5e39c0+0x50]
            """);
    assertThat(row.get(StackColumns.SIGNATURE))
        .contains("java.util.HashMap.put(Ljava/lang/Object;)V");
    assertThat(row.get(ProcessColumns.CRASH_TID)).isEmpty();
  }

  @Test
  void registersOfAArch64AreNamedAsInACore() {
    CaseRow row =
        Excerpt.row(
            """
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGILL (0x4) at pc=0x0000ffff8d2f4c40, pid=7, tid=8
            #
            # Java VM: OpenJDK 64-Bit Server VM (21+35, mixed mode, linux-aarch64)

            Registers:
            R0=0x0000000000000001
            R30=0x0000ffff8d2f4c44
            SP=0x0000ffffb7ffe990
            PC=0x0000ffff8d2f4c40
            """);
    assertThat(Excerpt.registers(row))
        .containsEntry("x0", 1L)
        .containsEntry("x30", 0xffff8d2f4c44L)
        .containsEntry("sp", 0xffffb7ffe990L)
        .doesNotContainKey("rip");
  }

  @Test
  void anErrorThatTheJvmFoundItselfIsAnAbort() {
    CaseRow row =
        Excerpt.row(
            """
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  Internal Error (g1ConcurrentMark.cpp:1665), pid=1, tid=0x00007f0b7c0f9700
            #  guarantee(false) failed: must not happen
            """);
    assertThat(row.get(SignalColumns.SIGNAL_NAME)).contains("SIGABRT");
    assertThat(row.get(EvidenceColumns.ABORT_MESSAGE))
        .contains("Internal Error (g1ConcurrentMark.cpp:1665)");
    assertThat(row.get(ProcessColumns.CRASH_TID)).as("is no id of the kernel's").isEmpty();
  }
}
