package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `eu-readelf -n` says about a core's notes, taken apart.
///
/// @param threads one map for each PRSTATUS: its registers by the kernel's names, and `pid`
/// @param process what PRPSINFO says: `pid`, `ppid`, `uid`, `fname`, `psargs`
/// @param signal `si_signo`, `si_code`, and `fault address` or `sender PID`
/// @param auxv values by eu-readelf's names
/// @param files the paths of NT_FILE, with their ranges as it prints them
record NoteReading(
    List<Map<String, Long>> threads,
    Map<String, String> process,
    Map<String, Long> signal,
    Map<String, Long> auxv,
    List<String> files) {

  private static final Pattern PAIR = Pattern.compile("([a-z][\\w.]*):\\s+(-?(?:0x)?[0-9a-f]+)\\b");
  private static final Pattern OWNER = Pattern.compile("^ {2}(\\w+) +\\w+ {2}?\\s*(\\S+).*");

  static NoteReading of(String text) {
    NoteReading reading =
        new NoteReading(
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new ArrayList<>());
    String note = "";
    for (String line : text.lines().toList()) {
      Matcher owner = OWNER.matcher(line);
      if (owner.matches() && !line.startsWith("   ")) {
        note = owner.group(2);
        if (note.equals("PRSTATUS")) reading.threads.add(new LinkedHashMap<>());
      } else reading.take(note, line);
    }
    return reading;
  }

  private void take(String note, String line) {
    switch (note) {
      case "PRSTATUS" -> {
        Matcher m = PAIR.matcher(line);
        while (m.find()) threads.getLast().putIfAbsent(kernelName(m.group(1)), number(m.group(2)));
      }
      case "PRPSINFO" -> {
        Matcher m = Pattern.compile("(\\w+): ([^,]*)(?:, |$)").matcher(line);
        while (m.find()) process.put(m.group(1), m.group(2));
      }
      case "SIGINFO" -> {
        Matcher m = Pattern.compile("([\\w ]+): (-?(?:0x)?[0-9a-f]+)").matcher(line);
        while (m.find()) signal.put(m.group(1).strip(), number(m.group(2)));
      }
      case "AUXV" -> {
        Matcher m = Pattern.compile("\\s+(\\w+): (0x[0-9a-f]+|\\d+)$").matcher(line);
        if (m.matches()) auxv.put(m.group(1), number(m.group(2)));
      }
      case "FILE" -> {
        if (line.contains("/")) files.add(line.strip().replaceAll("\\s+", " "));
      }
      default -> {}
    }
  }

  private static String kernelName(String name) {
    return switch (name) {
      case "rflags" -> "eflags";
      case "fs.base" -> "fs_base";
      case "gs.base" -> "gs_base";
      default -> name;
    };
  }

  private static long number(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseLong(text);
  }
}
