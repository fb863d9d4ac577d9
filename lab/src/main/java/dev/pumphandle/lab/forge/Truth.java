package dev.pumphandle.lab.forge;

import java.util.Map;
import java.util.stream.Collectors;

/// What is true about a patient by construction: the answer that an examination should give, noted
/// before the core was made.
///
/// @param program   name of the program that died
/// @param caseName  name of the patient
/// @param label     the label that it must get
/// @param control   how control arrived: `returned`, `called`, `jumped`, `ran`, or `none` where
/// nothing crashed
/// @param alignment `aligned`, `shifted-8`, `shifted+8`
/// @param signal    the fault's own signal number, 0 for none
/// @param code      the fault's own si_code
/// @param address   the fault's own si_addr
/// @param tid       the thread that died
/// @param pid       the process
/// @param threads   number of threads
/// @param registers the registers at the fault
/// @param handler   what a fatal handler did: `none`, `raise-alt`, `abort`, `kill`, `crash`
/// @param notes     for people
public record Truth(
    String program,
    String caseName,
    String label,
    String control,
    String alignment,
    int signal,
    int code,
    long address,
    int tid,
    int pid,
    int threads,
    Map<String, Long> registers,
    String handler,
    String notes) {

  /// As JSON with the keys that the crash lab's observer uses; addresses and registers as
  /// hexadecimal strings, which no JSON reader rounds.
  public String json(String coreName) {
    String regs =
        registers.entrySet().stream()
            .map(e -> "\"%s\":\"0x%x\"".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(","));
    return """
        {"core":"%s","program":"%s","case":"%s","machine":"%s","label":"%s","control":"%s","alignment":"%s",\
        "signal":%d,"code":%d,"address":"0x%x","tid":%d,"pid":%d,"threads":%d,\
        "handler":"%s","notes":"%s","registers":{%s}}
        """
        .formatted(
            coreName,
            program,
            caseName,
            registers.containsKey("rip") ? "x86-64" : "aarch64",
            label,
            control,
            alignment,
            signal,
            code,
            address,
            tid,
            pid,
            threads,
            handler,
            notes,
            regs);
  }
}
