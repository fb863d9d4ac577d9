package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.RegisterText;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sections of an hs_err file, line by line.
final class HsErrSections {

  private static final Pattern SIGINFO =
      Pattern.compile(
          "siginfo: ?si_signo[:=] ?(?:(\\d+) ?\\(?)?(?:SIG[A-Z]+)?.*?si_code[:=] ?(-?\\d+)(?: \\(\\w+\\))?"
              + "(?:.*?si_addr[:=] ?(0x[0-9a-f]+))?(?:.*?(?:si_pid[:=]|sent from pid:) ?(\\d+))?");

  private static final Pattern TIME =
      Pattern.compile(
          "[Tt]ime: ?([A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2} \\d{4})(?: ([A-Za-z0-9:+-]+))?");

  private static final Pattern ZONE = Pattern.compile("timezone: ?([A-Za-z0-9:+-]+)");
  private static final Pattern ELAPSED = Pattern.compile("elapsed time: ?([\\d.]+) seconds");
  private static final Pattern TOP = Pattern.compile("Top of Stack: \\(sp=(0x[0-9a-f]+)\\)");
  private static final Pattern WORDS = Pattern.compile("0x([0-9a-f]{8,16}): +([0-9a-f]{16})\\b.*");
  private static final Pattern CODE =
      Pattern.compile("(?:=>)?0x([0-9a-f]{8,16}): {1,4}((?:[0-9a-f]{2}[ |]*)+)$");
  private static final Pattern FRAME = Pattern.compile("^(?:# )?([CVJjvA]) +(.*)$");
  private static final Pattern NATIVE =
      Pattern.compile("\\[(\\S+?)\\+0x([0-9a-f]+)](?:\\s+(.*))?$");
  /// `J 1234 C2 java.util.HashMap.put(…)V (13 bytes) @ 0x… [0x…+0x50]`.
  private static final Pattern COMPILED =
      Pattern.compile("^(?:\\d+%?!? )?(?:[cC][12] )?([\\w.$/]+\\S*) ");
  private static final Pattern PROCESSOR =
      Pattern.compile("^CPU: ?total .*? microcode (0x[0-9a-f]+)");
  private static final Pattern MODEL = Pattern.compile("^model name\\s*: (.+)$");
  private static final Pattern HOST = Pattern.compile("^Host: (.+?), \\d+ cores?,");
  private static final Pattern THREAD = Pattern.compile("^Current thread.*?\"(.*?)\"");
  private static final Pattern VERSION = Pattern.compile("^# (?:JRE version: |Java VM: )(.+)$");

  private final Sighting sighting;
  private Optional<Long> pc = Optional.empty();
  private Optional<String> time = Optional.empty();
  private Section section = Section.OTHER;
  private Optional<String> problematic = Optional.empty();
  private boolean arm;

  private enum Section {
    OTHER,
    REGISTERS,
    STACK,
    INSTRUCTIONS,
    FRAMES
  }

  HsErrSections(Sighting sighting) {
    this.sighting = sighting;
  }

  /// The instruction pointer, as the banner has it.
  void pc(long at) {
    pc = Optional.of(at);
    sighting.row().put(FaultColumns.FAULT_PC, at);
  }

  /// A line of the banner.
  void banner(String line) {
    arm |= line.contains("aarch64");
    Matcher version = VERSION.matcher(line);
    if (version.find()) {
      sighting.extra(line.startsWith("# JRE") ? "jre_version" : "java_vm", version.group(1));
    }
    frame(line);
  }

  /// A line of the file.
  ///
  /// @return whether it belongs to the report
  boolean take(String line) {
    if (line.isBlank()) {
      section = section == Section.FRAMES ? Section.FRAMES : Section.OTHER;
      return true;
    }
    if (heading(line)) {
      return true;
    }
    switch (section) {
      case REGISTERS -> registers(line);
      case STACK -> word(line);
      case INSTRUCTIONS -> code(line);
      case FRAMES -> {
        if (!frame(line)) {
          section = Section.OTHER;
        }
      }
      case OTHER -> {}
    }
    return fact(line) || section != Section.OTHER || looksLikeOurs(line);
  }

  private boolean heading(String line) {
    Section begun =
        line.startsWith("Registers:")
            ? Section.REGISTERS
            : line.startsWith("Top of Stack:")
                ? Section.STACK
                : line.startsWith("Instructions:")
                    ? Section.INSTRUCTIONS
                    : line.startsWith("Native frames:") || line.startsWith("Java frames:")
                        ? Section.FRAMES
                        : Section.OTHER;
    if (begun == Section.OTHER) {
      return false;
    }
    section = begun;
    Matcher top = TOP.matcher(line);
    if (top.find()) {
      Lines.hex(top.group(1)).ifPresent(sp -> sighting.row().put(FaultColumns.FAULT_SP, sp));
    }
    return true;
  }

  private void registers(String line) {
    if (line.matches("^ ?R0 ?=.*")) {
      arm = true;
    }
    String text = arm ? line.replaceAll("\\bR(\\d{1,2}) ?=", "x$1=") : line;
    RegisterText.read(text, arm, sighting);
  }

  private void word(String line) {
    Matcher words = WORDS.matcher(line);
    if (words.matches() && !sighting.row().has(ControlColumns.TOP_WORD)) {
      Lines.hex(words.group(2))
          .ifPresent(word -> sighting.row().put(ControlColumns.TOP_WORD, word));
    }
  }

  private void code(String line) {
    Matcher code = CODE.matcher(line.strip());
    if (!code.matches() || pc.isEmpty() || arm) {
      return;
    }
    String bytes = code.group(2).replaceAll("[^0-9a-f]", "");
    long into = pc.get() - Lines.hex(code.group(1)).orElse(0L);
    if (into >= 0 && into * 2 < bytes.length()) {
      sighting.row().put(FaultColumns.INSTRUCTION_BYTES, bytes.substring((int) into * 2));
    } else if (into < 0 && sighting.row().has(FaultColumns.INSTRUCTION_BYTES)) {
      String so = sighting.row().get(FaultColumns.INSTRUCTION_BYTES).orElse("");
      if (so.length() == -into * 2) {
        sighting.row().put(FaultColumns.INSTRUCTION_BYTES, so + bytes);
      }
    }
  }

  private boolean frame(String line) {
    Matcher frame = FRAME.matcher(line);
    if (!frame.matches()) {
      return false;
    }
    boolean first = line.startsWith("#");
    if (first) {
      problematic = Optional.of(line.substring(2)); // the first of the native frames again
      return true;
    }
    if (!sighting.frames().isEmpty() && section != Section.FRAMES) {
      return true;
    }
    Matcher compiled = COMPILED.matcher(frame.group(2));
    if (frame.group(1).equals("J") && compiled.find()) {
      sighting.frame(
          new FrameFact(
              sighting.frames().isEmpty() ? pc.orElse(0L) : 0,
              Optional.of(compiled.group(1)),
              Optional.empty(),
              OptionalLong.empty(),
              "handler"));
      return true;
    }
    Matcher in = NATIVE.matcher(frame.group(2));
    Optional<String> function =
        in.find()
            ? Optional.ofNullable(in.group(3))
            : Optional.of(frame.group(2).strip()).filter(name -> !name.isEmpty());
    Optional<String> file = in.find(0) ? Optional.of(in.group(1)) : Optional.empty();
    OptionalLong offset =
        in.find(0)
            ? Lines.hex(in.group(2)).map(OptionalLong::of).orElse(OptionalLong.empty())
            : OptionalLong.empty();
    long at = sighting.frames().isEmpty() ? pc.orElse(0L) : 0;
    sighting.frame(new FrameFact(at, function, file, offset, "handler"));
    return true;
  }

  private boolean fact(String line) {
    Matcher info = SIGINFO.matcher(line);
    if (info.find()) {
      siginfo(info);
      return true;
    }
    Matcher at = TIME.matcher(line);
    if (at.find()) {
      time = Optional.of(at.group(1));
      moment(at.group(2) == null ? "" : at.group(2));
    }
    Matcher zone = ZONE.matcher(line);
    if (zone.lookingAt()) {
      moment(zone.group(1));
    }
    Matcher elapsed = ELAPSED.matcher(line);
    if (elapsed.find()) {
      sighting.row().put(PlaceColumns.PROCESS_AGE_S, (long) Double.parseDouble(elapsed.group(1)));
    }
    Matcher processor = PROCESSOR.matcher(line);
    if (processor.find()) {
      sighting.row().put(PlaceColumns.HOST_CPU_MICROCODE, processor.group(1));
    }
    Matcher model = MODEL.matcher(line);
    Matcher host = HOST.matcher(line);
    if (model.find()) {
      sighting.row().put(PlaceColumns.HOST_CPU_MODEL_NAME, model.group(1));
    } else if (host.find() && !sighting.row().has(PlaceColumns.HOST_CPU_MODEL_NAME)) {
      sighting.row().put(PlaceColumns.HOST_CPU_MODEL_NAME, host.group(1));
    }
    Matcher thread = THREAD.matcher(line);
    if (thread.find()) {
      sighting.row().put(dev.pumphandle.linelist.ProcessColumns.THREAD_NAME, thread.group(1));
    }
    return false;
  }

  private void siginfo(Matcher info) {
    sighting.code(Integer.parseInt(info.group(2)));
    if (info.group(3) != null) {
      Lines.hex(info.group(3)).ifPresent(sighting::address);
    }
    Lines.id(info.group(4))
        .ifPresent(sender -> sighting.row().put(SignalColumns.SENDER_PID, sender));
  }

  private void moment(String zone) {
    if (time.isEmpty()) {
      return;
    }
    try {
      DateTimeFormatter format =
          DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy zzz", Locale.ROOT);
      String text = time.get().replaceAll(" +", " ") + " " + (zone.isEmpty() ? "UTC" : zone);
      sighting.time(ZonedDateTime.parse(text, format).toInstant());
    } catch (DateTimeException _) {
      // A zone by a name that is not known: the carrier's time stands, if there is one.
    }
  }

  /// Whether a line may be of the report, in a log that others write to.
  private static boolean looksLikeOurs(String line) {
    return line.startsWith("-----")
        || line.startsWith("Stack: [")
        || line.startsWith("0x")
        || line.endsWith(":")
        || line.startsWith("Command Line: ")
        || line.startsWith("vm_info: ")
        || line.startsWith("OS:")
        || line.startsWith("uname: ")
        || line.startsWith("libc: ")
        || line.startsWith("Host: ");
  }

  /// Ends the report.
  void end() {
    if (sighting.frames().isEmpty()) {
      problematic.ifPresent(this::frame);
    }
    if (!arm) {
      pc.ifPresent(at -> sighting.register("rip", sighting.register("rip").orElse(at)));
    }
  }
}
