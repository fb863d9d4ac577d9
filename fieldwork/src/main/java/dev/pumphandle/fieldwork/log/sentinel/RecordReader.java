package dev.pumphandle.fieldwork.log.sentinel;

import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.memory.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the sentinel's line.
///
/// A line comes through loggers, pipes and people's hands: any field may be missing, cut or
/// nonsense.
/// Signal and instruction pointer are needed, everything else is taken where it makes sense; what
/// does not is named in the record's problems.
public final class RecordReader {

  /// What every line begins with, up to the version.
  public static final String BEGINNING = "*** pumphandle v";

  private static final String END = " ***";
  private static final String VERSION = "1";

  /// The longest line that is believed (characters), and the most complaints kept (count).
  private static final int LONGEST = 16 << 10;

  private static final int MOST_PROBLEMS = 20;

  /// Registers that every processor's record has under no other name.
  private static final List<String> X86 =
      List.of(
          "rip", "rsp", "rbp", "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
          "r12", "r13", "r14", "r15", "eflags", "cs", "ss", "fs_base", "gs_base");

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private RecordReader() {}

  /// The record that a line holds; empty where it holds none of a version that is read here, or not
  /// enough of it to say what died.
  ///
  /// @param text the line, whatever stands before the record and after it
  public static Optional<SentinelRecord> read(String text) {
    int begin = text.indexOf(BEGINNING);
    if (begin < 0 || text.length() - begin > LONGEST) {
      return Optional.empty();
    }
    String rest = text.substring(begin + BEGINNING.length());
    return rest.startsWith(VERSION + " ")
        ? new RecordReader().record(rest.substring(VERSION.length()))
        : Optional.empty();
  }

  private Optional<SentinelRecord> record(String rest) {
    int end = rest.indexOf(END);
    if (end < 0) {
      problem("the line is cut: it has no end");
    }
    for (String word : (end < 0 ? rest : rest.substring(0, end)).strip().split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        fields.putIfAbsent(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    Optional<Machine> machine = machine();
    OptionalLong signo = FieldText.decimal(fields.getOrDefault("sig", ""));
    if (machine.isEmpty() || signo.isEmpty() || signo.getAsLong() < 1 || signo.getAsLong() > 64) {
      return Optional.empty();
    }
    Map<String, Long> registers = registers(machine.get());
    String pc = machine.get() == Machine.X86_64 ? "rip" : "pc";
    if (!registers.containsKey(pc)) {
      return Optional.empty();
    }
    RecordLists lists = new RecordLists(fields, this::problem);
    List<LoadedFile> files = lists.files(fields.containsKey("exe") ? unescaped("exe") : "");
    List<Mapping> mappings = lists.mappings(files);
    List<Stretch> memory = lists.memory();
    List<SentinelRecord.Earlier> earlier = lists.earlier();
    Map<String, String> plain = new LinkedHashMap<>();
    fields.keySet().forEach(name -> plain.put(name, unescaped(name)));
    if (fields.containsKey("cut")) {
      problem("the recorder crashed before it was done");
    }
    return Optional.of(
        new SentinelRecord(
            machine.get(),
            plain,
            (int) signo.getAsLong(),
            code(),
            hex("addr"),
            trap(),
            hex("err"),
            Registers.of(machine.get(), registers),
            files,
            mappings,
            memory,
            earlier,
            problems));
  }

  private Optional<Machine> machine() {
    return switch (fields.getOrDefault("arch", "")) {
      case "x86-64" -> Optional.of(Machine.X86_64);
      case "aarch64" -> Optional.of(Machine.AARCH64);
      default -> Optional.empty();
    };
  }

  private int code() {
    OptionalLong code = FieldText.decimal(fields.getOrDefault("code", ""));
    if (code.isEmpty() || code.getAsLong() != (int) code.getAsLong()) {
      problem("code is no number: '" + fields.getOrDefault("code", "") + "'");
      return 0;
    }
    return (int) code.getAsLong();
  }

  private OptionalLong trap() {
    OptionalLong trap = FieldText.decimal(fields.getOrDefault("trap", ""));
    return trap.isPresent() && trap.getAsLong() >= 0 && trap.getAsLong() < 256
        ? trap
        : OptionalLong.empty();
  }

  private OptionalLong hex(String name) {
    String text = fields.getOrDefault(name, "");
    OptionalLong value = FieldText.hex(text);
    if (!text.isEmpty() && value.isEmpty()) {
      problem(name + " is no number in hex: '" + shortened(text) + "'");
    }
    return value;
  }

  private Map<String, Long> registers(Machine machine) {
    List<String> names = new ArrayList<>();
    if (machine == Machine.X86_64) {
      names.addAll(X86);
    } else {
      names.addAll(List.of("pc", "sp", "pstate"));
      for (int i = 0; i <= 30; i++) {
        names.add("x" + i);
      }
    }
    Map<String, Long> registers = new LinkedHashMap<>();
    for (String name : names) {
      hex(name).ifPresent(value -> registers.put(name, value));
    }
    return registers;
  }

  private String unescaped(String name) {
    return FieldText.unescaped(fields.getOrDefault(name, ""));
  }

  private void problem(String what) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add("sentinel's record: " + what);
    }
  }

  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
