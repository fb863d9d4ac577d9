package dev.pumphandle.registry;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// The case definitions and exclusions that `init` puts into a workspace, in order of precedence.
/// From then on they are the user's: a workspace never reads these again.
public final class StandardDefinitions {

  private static final List<String> CASES =
      List.of(
          "unwinder-race",
          "misaligned-stack",
          "return-to-null",
          "return-to-garbage",
          "call-through-null",
          "jump-to-null",
          "call-to-garbage",
          "stack-overflow",
          "null-dereference",
          "non-canonical-access",
          "wild-pointer",
          "heap-corruption-abort",
          "deliberate-abort",
          "bus-error",
          "illegal-instruction",
          "arithmetic",
          "trap",
          "sent-by-user",
          "not-a-crash");

  private static final List<String> EXCLUSIONS =
      List.of(
          "hardware-report",
          "tooling",
          "sanitizer-or-test",
          "oom-adjacent",
          "orderly-kill",
          "user-sent",
          "deliberate-abort",
          "other-executable",
          "secondary");

  private StandardDefinitions() {}

  /// Their files, relative to a workspace: `cases/return-to-null.sql`.
  public static List<String> names() {
    return Stream.concat(
            CASES.stream().map(name -> "cases/" + name + ".sql"),
            EXCLUSIONS.stream().map(name -> "exclusions/" + name + ".sql"))
        .toList();
  }

  /// The text of one of them.
  public static String text(String name) throws IOException {
    return Workspace.resource("/dev/pumphandle/registry/" + name);
  }
}
