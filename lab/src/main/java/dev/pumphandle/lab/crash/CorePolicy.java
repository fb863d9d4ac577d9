package dev.pumphandle.lab.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where this machine's kernel puts cores, and whether it makes any.
/// Source: core(5); `Max core file size` in proc_pid_limits(5).
///
/// @param pattern `/proc/sys/kernel/core_pattern`
/// @param hardLimit this process's hard RLIMIT_CORE in bytes, or `unlimited`
record CorePolicy(String pattern, String hardLimit) {

  /// Reads the policy that holds for our children.
  static CorePolicy ofThisMachine() throws IOException {
    String pattern = Files.readString(Path.of("/proc/sys/kernel/core_pattern")).strip();
    String limit =
        Files.readAllLines(Path.of("/proc/self/limits")).stream()
            .filter(l -> l.startsWith("Max core file size"))
            .map(l -> l.substring("Max core file size".length()).strip().split("\\s+"))
            .filter(words -> words.length >= 2)
            .map(words -> words[1])
            .findFirst()
            .orElse("unlimited");
    return new CorePolicy(pattern, limit);
  }

  /// Why a patient would leave no core in its own working directory, or nothing when it would.
  Optional<String> obstacle() {
    if (hardLimit.equals("0"))
      return Optional.of(
          "the hard limit on core size is 0 here (RLIMIT_CORE), so no process can leave a core");
    if (pattern.startsWith("|"))
      return Optional.of(
          "this machine's cores go to a program (kernel.core_pattern is '%s'); for real crashes set it to 'core'"
              .formatted(pattern));
    if (pattern.isEmpty() || pattern.startsWith("@"))
      return Optional.of(
          "this machine writes no core files (kernel.core_pattern is '%s')".formatted(pattern));
    if (pattern.contains("/"))
      return Optional.of(
          "this machine's cores go elsewhere (kernel.core_pattern is '%s'); for real crashes set it to 'core'"
              .formatted(pattern));
    if (!pattern.contains("core"))
      return Optional.of(
          "this machine's cores have names without 'core' (kernel.core_pattern is '%s')"
              .formatted(pattern));
    return Optional.empty();
  }
}
