package dev.pumphandle.lab.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is built from what: the contents of `programs.txt`, which the Makefile reads too.
///
/// @param programs by name, in the file's order
record Programs(Map<String, Program> programs) {

  /// One executable.
  ///
  /// @param language `c` or `c++`
  /// @param sources files to compile, beside `programs.txt`
  /// @param flags the compiler's flags; libraries among them come after the sources
  record Program(String name, String language, List<String> sources, List<String> flags) {

    /// The command that builds this program with the GNU compiler driver of its language.
    List<String> command(String compiler, String output) {
      String standard = language.equals("c") ? "-std=gnu11" : "-std=gnu++17";
      List<String> command = new ArrayList<>(List.of(compiler, standard, "-w"));
      command.addAll(sources);
      command.addAll(List.of("-o", output));
      command.addAll(flags);
      return List.copyOf(command);
    }
  }

  Programs {
    programs = Collections.unmodifiableMap(new LinkedHashMap<>(programs));
  }

  Optional<Program> find(String name) {
    return Optional.ofNullable(programs.get(name));
  }

  /// Reads `programs.txt`.
  ///
  /// @throws IllegalArgumentException naming the line that is wrong
  static Programs parse(String text) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    Map<String, Program> programs = new LinkedHashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) continue;
      List<String> words = List.of(line.split("\\s+"));
      if (words.size() >= 4 && words.getFirst().equals("sources")) {
        groups.put(words.get(1), words.subList(2, words.size()));
      } else if (words.size() >= 3
          && words.getFirst().equals("program")
          && groups.containsKey(words.get(2))) {
        List<String> group = groups.getOrDefault(words.get(2), List.of());
        programs.put(
            words.get(1),
            new Program(
                words.get(1),
                group.getFirst(),
                group.subList(1, group.size()),
                words.subList(3, words.size())));
      } else {
        throw new IllegalArgumentException(
            "programs.txt: expected `sources GROUP LANGUAGE FILES` or `program NAME GROUP FLAGS`"
                + " of a group above, found: "
                + line);
      }
    }
    return new Programs(programs);
  }
}
