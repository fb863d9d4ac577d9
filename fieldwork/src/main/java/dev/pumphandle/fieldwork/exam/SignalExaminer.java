package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.note.SigInfo;
import dev.pumphandle.corefile.signal.FaultRegisters;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.SignalColumns;

/// How the process was killed: the signal as it struck, and the one that the kernel killed with.
final class SignalExaminer implements Examiner {

  @Override
  public String name() {
    return "signal";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing) {
    FaultRegisters fault = evidence.fault();
    CoreFile core = evidence.core();
    row.put(SignalColumns.SIGNAL_NUMBER, fault.signo());
    if (!evidence.struck()) {
      missing.add(SignalColumns.SIGNAL_NAME, "no signal struck this process");
      return;
    }
    row.put(SignalColumns.SIGNAL_NAME, SignalNames.of(fault.signo()));
    row.put(SignalColumns.SIGNAL_CODE, fault.code());
    if (fault.code().isEmpty()) {
      missing.add(SignalColumns.SIGNAL_CODE, "the core has no NT_SIGINFO and no signal frame");
    }
    row.put(SignalColumns.FAULT_ADDRESS, fault.address());
    if (fault.trap().isPresent()) {
      row.put(SignalColumns.TRAP_NUMBER, (int) fault.trap().getAsLong());
    }
    if (evidence.isX86() && fault.error().isPresent()) {
      row.put(SignalColumns.PAGE_FAULT_ERROR, (int) fault.error().getAsLong());
    }
    if (fault.senderPid().isPresent()) {
      row.put(SignalColumns.SENDER_PID, (long) fault.senderPid().getAsInt());
    }
    row.put(SignalColumns.SENDER_UID, fault.senderUid());
    core.dyingThread()
        .map(CoreThread::cursig)
        .ifPresent(signo -> row.put(SignalColumns.KILLING_SIGNAL_NUMBER, signo));
    core.sigInfo()
        .map(SigInfo::code)
        .ifPresent(code -> row.put(SignalColumns.KILLING_SIGNAL_CODE, code));
    row.put(SignalColumns.HANDLER_FRAMES, fault.handlerFrames());
  }
}
