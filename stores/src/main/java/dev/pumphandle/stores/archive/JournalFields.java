package dev.pumphandle.stores.archive;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields of a journal's entry that systemd-coredump and the journal write about one core; the
/// others, among them the environment of the process, are not kept.
///
/// Source: systemd 257 man/systemd-coredump.xml and src/coredump/coredump.c, submit_coredump();
/// man/systemd.journal-fields.xml.
final class JournalFields {
  private static final String HANDLER = "systemd-coredump/";

  /// Its message's id, SD_MESSAGE_COREDUMP.
  static final String MESSAGE = "fc2e22bc6ee647b6b90729ab34a250b1";

  private static final Set<String> KEPT =
      Set.of(
          "MESSAGE_ID",
          "COREDUMP_PID",
          "COREDUMP_UID",
          "COREDUMP_SIGNAL",
          "COREDUMP_TIMESTAMP",
          "COREDUMP_COMM",
          "COREDUMP_EXE",
          "COREDUMP_CMDLINE",
          "COREDUMP_CGROUP",
          "COREDUMP_UNIT",
          "COREDUMP_HOSTNAME",
          "COREDUMP_FILENAME",
          "COREDUMP_TRUNCATED",
          "COREDUMP_CONTAINER_CMDLINE",
          "COREDUMP_PACKAGE_NAME",
          "COREDUMP_PACKAGE_VERSION",
          "COREDUMP_PACKAGE_JSON",
          "COREDUMP_TID",
          "COREDUMP_THREAD_NAME",
          "_HOSTNAME",
          "_BOOT_ID",
          "_MACHINE_ID",
          "__REALTIME_TIMESTAMP");

  private JournalFields() {}

  static boolean kept(String field) {
    return KEPT.contains(field);
  }

  /// Puts one field down, under the handler's name.
  static void put(Map<String, String> said, String field, String value) {
    said.putIfAbsent(HANDLER + field, value);
  }

  static Optional<String> get(Map<String, String> said, String field) {
    return Optional.ofNullable(said.get(HANDLER + field));
  }

  /// Whether an entry tells of a core.
  static boolean tellsOfCore(Map<String, String> said) {
    return get(said, "COREDUMP_PID").isPresent()
        && get(said, "MESSAGE_ID").map(MESSAGE::equals).orElse(true);
  }

  /// The name of the member: that of the file, else the name that systemd-coredump would have given
  /// it.
  ///
  /// Source: systemd 257 src/coredump/coredump.c, make_filename().
  static String name(Map<String, String> said) {
    Optional<String> file = file(said);
    return file.orElseGet(
        () ->
            "core."
                + get(said, "COREDUMP_COMM").orElse("unknown").replaceAll("[./ ]", "_")
                + "."
                + get(said, "COREDUMP_UID").orElse("0")
                + "."
                + get(said, "_BOOT_ID").orElse("0".repeat(32))
                + "."
                + get(said, "COREDUMP_PID").orElse("0")
                + "."
                + get(said, "COREDUMP_TIMESTAMP")
                    .or(() -> get(said, "__REALTIME_TIMESTAMP"))
                    .orElse("0"));
  }

  static Optional<String> file(Map<String, String> said) {
    return get(said, "COREDUMP_FILENAME")
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .filter(name -> !name.isEmpty() && name.indexOf('\0') < 0);
  }

  /// Where the core is when it is not in the entry itself.
  static Member.Body elsewhere(Map<String, String> said) {
    return file(said)
        .<Member.Body>map(Member.Body.Beside::new)
        .orElseGet(() -> new Member.Body.Missing("the journal names no file, and holds no core"));
  }
}
