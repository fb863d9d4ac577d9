package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.ModuleFact;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.StackColumns;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Breakpad microdump: a crash report that lives in the log, with every register, the stack and
/// the build-ids of what was loaded.
///
/// Source: google/breakpad src/client/linux/microdump_writer/microdump_writer.cc. Numbers are in
/// upper-case hex at the full width of their type; `C` holds the processor's context as minidumps
/// have it (src/google_breakpad/common/minidump_cpu_amd64.h, minidump_cpu_arm64.h).
public final class MicrodumpDialect implements Dialect {

  private static final String BEGIN = "-----BEGIN BREAKPAD MICRODUMP-----";
  private static final String END = "-----END BREAKPAD MICRODUMP-----";

  private static final Pattern REASON =
      Pattern.compile("R ([0-9A-F]{1,8}) (\\S+)(?: (?:0x)?([0-9A-Fa-f]{1,16}))?");
  private static final Pattern SYSTEM =
      Pattern.compile("O [AL] (\\w+) ([0-9A-F]{1,2}) (\\S+)(?: (\\S+))?.*");
  private static final Pattern STACK = Pattern.compile("S ([0-9A-F]{8,16}) ([0-9A-F]{16,})");
  private static final Pattern TOP = Pattern.compile("S 0 ([0-9A-F]{8,16}) .*");
  private static final Pattern MODULE =
      Pattern.compile("M ([0-9A-F]{8,16}) [0-9A-F]{8,16} [0-9A-F]{8,16} ([0-9A-F]{33,40}) (.+)");

  @Override
  public String name() {
    return "microdump";
  }

  @Override
  public List<String> literals() {
    return List.of(BEGIN);
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return line.text().stripTrailing().endsWith(BEGIN)
        ? Optional.of(new Dump(new Sighting(name(), line)))
        : Optional.empty();
  }

  private static final class Dump extends Told {
    private final List<ModuleFact> modules = new ArrayList<>();
    private Optional<Long> sp = Optional.empty();
    private boolean arm;

    Dump(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text().strip();
      if (text.endsWith(BEGIN)) {
        return Take.OVER;
      }
      if (text.endsWith(END)) {
        return Take.LAST;
      }
      int at = text.indexOf("google-breakpad: ");
      String own = at < 0 ? text : text.substring(at + "google-breakpad: ".length());
      if (own.length() < 3 || own.charAt(1) != ' ') {
        return Take.NOT_MINE;
      }
      return field(own, line);
    }

    private Take field(String own, LogLine line) {
      switch (own.charAt(0)) {
        case 'V' -> sighting().row().put(PlaceColumns.SERVICE_VERSION, own.substring(2));
        case 'O' -> system(SYSTEM.matcher(own));
        case 'R' -> reason(REASON.matcher(own));
        case 'S' -> stack(own);
        case 'C' -> context(own.substring(2).strip());
        case 'M' -> module(MODULE.matcher(own));
        case 'P', 'G', 'H' -> {}
        default -> {
          return Take.NOT_MINE;
        }
      }
      if (own.charAt(0) != 'S') {
        sighting().text(line);
      }
      return Take.MINE;
    }

    private void system(Matcher system) {
      if (system.matches()) {
        arm = system.group(1).equals("arm64");
        if (system.group(4) != null) {
          sighting().row().put(PlaceColumns.OS_VERSION, system.group(4));
        }
      }
    }

    private void reason(Matcher reason) {
      if (!reason.matches()) {
        return;
      }
      var named = SignalWords.number(reason.group(2));
      int signal = named.isPresent() ? named.getAsInt() : Integer.parseInt(reason.group(1), 16);
      sighting().signal(signal);
      if (reason.group(3) != null && SignalWords.isFault(signal)) {
        Lines.hex(reason.group(3)).ifPresent(sighting()::address);
      }
    }

    private void stack(String own) {
      Matcher top = TOP.matcher(own);
      if (top.matches()) {
        sp = Lines.hex(top.group(1));
        return;
      }
      Matcher chunk = STACK.matcher(own);
      if (!chunk.matches() || sp.isEmpty()) {
        return;
      }
      long from = Lines.hex(chunk.group(1)).orElse(0L);
      long into = sp.get() - from;
      String bytes = chunk.group(2);
      if (into >= 0 && (into + 8) * 2 <= bytes.length()) {
        int begin = (int) into * 2;
        ByteView word = ByteView.of(HexFormat.of().parseHex(bytes.substring(begin, begin + 16)));
        sighting().row().put(ControlColumns.TOP_WORD, word.u64(0));
      }
    }

    private void context(String hex) {
      if (hex.length() % 2 == 0 && hex.matches("[0-9A-Fa-f]+")) {
        MinidumpContext.read(ByteView.of(HexFormat.of().parseHex(hex)), arm, sighting());
      }
    }

    private void module(Matcher module) {
      if (module.matches()) {
        long base = Lines.hex(module.group(1)).orElse(0L);
        // A GUID and an age of 0: the first 16 bytes of the build-id, three numbers of it swapped.
        String guid = module.group(2).toLowerCase(Locale.ROOT);
        modules.add(
            new ModuleFact(module.group(3), Optional.of(swapped(guid.substring(0, 32))), base));
      }
    }

    private static String swapped(String guid) {
      return reversed(guid.substring(0, 8))
          + reversed(guid.substring(8, 12))
          + reversed(guid.substring(12, 16))
          + guid.substring(16);
    }

    private static String reversed(String hex) {
      StringBuilder bytes = new StringBuilder();
      for (int i = hex.length() - 2; i >= 0; i -= 2) {
        bytes.append(hex, i, i + 2);
      }
      return bytes.toString();
    }

    @Override
    public Optional<Sighting> end() {
      if (!modules.isEmpty()) {
        sighting().row().put(StackColumns.MODULES, List.copyOf(modules));
      }
      if (!sighting().row().has(dev.pumphandle.linelist.SignalColumns.SIGNAL_NUMBER)) {
        sighting().row().put(LogColumns.TERMINATION_REASON, "microdump");
      }
      return Optional.of(sighting());
    }
  }
}
