package dev.pumphandle.fieldwork.log.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the sentinel's lines become in the line list, without any executable at hand.
class SentinelDialectTest {

  private static CaseRow row(String illness) {
    List<CaseRow> rows = SentinelLines.rows(SentinelLines.of(illness));
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void aReturnToNullIsSeenByTheWordThatWasPopped() {
    CaseRow row = row("return-null");
    assertThat(row.get(LogColumns.EVIDENCE)).contains("sentinel");
    assertThat(row.get(SignalColumns.SIGNAL_NUMBER)).contains(11);
    assertThat(row.get(SignalColumns.PAGE_FAULT_ERROR)).contains(0x14);
    assertThat(row.get(FaultColumns.FAULT_REGISTERS_FROM)).contains("log");
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("returned");
    assertThat(row.get(ControlColumns.TARGET)).contains(0L);
    assertThat(row.get(ControlColumns.STACK_ALIGNMENT)).contains("aligned");
    assertThat(row.get(ControlColumns.POPPED_WORD)).contains(0L);
    assertThat(row.get(StackColumns.FRAMES).orElseThrow()).hasSizeGreaterThan(1);
    assertThat(row.get(IdentityColumns.ANOMALIES)).isEmpty();
  }

  @Test
  void aCallOfNullIsToldFromAReturnByTheCallBeforeTheReturnAddress() {
    CaseRow row = row("call-null");
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("called");
    assertThat(row.get(ControlColumns.TOP_WORD_IS_RETURN_ADDRESS)).contains(true);
  }

  @Test
  void aShiftedStackIsSeenByItsParityAndTheTrueReturnAddress() {
    CaseRow row = row("shift-low-small");
    assertThat(row.get(ControlColumns.CONTROL_ARRIVED)).contains("returned");
    assertThat(row.get(ControlColumns.STACK_ALIGNMENT)).contains("shifted-8");
    assertThat(row.get(ControlColumns.INTENDED_PC)).isPresent();
  }

  @Test
  void aStackOverflowHasNoRoomLeft() {
    CaseRow row = row("overflow-recursion");
    assertThat(row.get(FaultColumns.STACK_ROOM).orElseThrow()).isLessThan(65536);
    assertThat(row.get(FaultColumns.INSTRUCTION_KIND)).isPresent();
  }

  @Test
  void theLibrarysLastWordsAreKept() {
    assertThat(row("heap-double-free").get(EvidenceColumns.ABORT_MESSAGE))
        .contains("free(): double free detected in tcache 2");
  }

  @Test
  void theOtherProcessorHasItsOwnRegistersAndRules() {
    CaseRow load = row("aarch64-null-load");
    assertThat(load.get(ProcessColumns.MACHINE)).contains("AArch64");
    assertThat(load.get(FaultColumns.REGISTERS).orElseThrow()).hasSize(34).containsKey("x30");
    assertThat(load.get(ControlColumns.CONTROL_ARRIVED)).contains("ran");
    assertThat(load.get(FaultColumns.OPERAND_ADDRESS)).contains(0x18L);
    CaseRow call = row("aarch64-call-null");
    assertThat(call.get(ControlColumns.CONTROL_ARRIVED)).contains("called");
    assertThat(call.get(ControlColumns.TARGET)).contains(0L);
  }

  @Test
  void aRaceLeavesTheFrameOfTheSignalThatOvertookTheUnwinder() {
    CaseRow row = row("race");
    assertThat(row.get(EvidenceColumns.RESIDUAL_IN_SETCONTEXT)).contains(true);
    assertThat(row.get(EvidenceColumns.RESIDUAL_SIGNAL_SP))
        .isEqualTo(row.get(FaultColumns.FAULT_SP));
  }

  @Test
  void whoAndWhereAndWhenStandInTheSameColumnsAsACores() {
    CaseRow row = row("return-null");
    assertThat(row.get(ProcessColumns.MACHINE)).contains("x86-64");
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_PATH)).contains("/srv/patient-O2");
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_BUILD_ID_GNU)).isPresent();
    assertThat(row.get(ProcessColumns.THREAD_COUNT)).contains(1);
    assertThat(row.get(ProcessColumns.CPU_NUMBER)).isPresent();
    assertThat(row.get(PlaceColumns.HOST_NAME)).contains("host-7");
    assertThat(row.get(PlaceColumns.HOST_BOOT_ID)).contains("01234567-89ab-cdef-0123-456789abcdef");
    assertThat(row.get(IdentityColumns.OBSERVED_AT)).isPresent();
  }

  @Test
  void whatOnlyACoreCanSayIsNotMadeUp() {
    CaseRow row = row("return-null");
    assertThat(row.get(FaultColumns.PRSTATUS_PC)).isEmpty();
    assertThat(row.get(ProcessColumns.CORE_ORIGIN)).isEmpty();
    assertThat(row.get(SignalColumns.KILLING_SIGNAL_NUMBER)).isEmpty();
  }

  @Test
  void aLineBehindALoggersPrefixIsFoundAndOneThatIsTalkedAboutIsNot() {
    String line = SentinelLines.of("return-null");
    assertThat(SentinelLines.rows("2026-11-26T04:00:00Z host-7 server[42]: " + line)).hasSize(1);
    assertThat(SentinelLines.rows("the handler would have written this here: `" + line + "`"))
        .isEmpty();
  }
}
