package dev.pumphandle.fieldwork.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// systemd-coredump: fields of the journal, and extended attributes of the files.
///
/// Source: systemd 257 man/systemd-coredump.xml; src/coredump/coredump.c, submit_coredump(),
/// fix_xattr(); docs/COREDUMP_PACKAGE_METADATA.md.
final class SystemdCoredump {
  static final String NAME = "systemd-coredump";

  private static final String ATTRIBUTE = "coredump.";

  private SystemdCoredump() {}

  /// The journal's name of what an extended attribute holds, with the handler's before it.
  static Optional<String> field(String attribute) {
    return attribute.startsWith(ATTRIBUTE)
        ? Optional.of(
            NAME + "/COREDUMP_" + attribute.substring(ATTRIBUTE.length()).toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  static void testify(Handler said, Testimony row, List<String> anomalies) {
    row.number(ProcessColumns.PROCESS_PID, said.get("COREDUMP_PID"));
    row.small(ProcessColumns.PROCESS_UID, said.get("COREDUMP_UID"));
    row.signal(said.get("COREDUMP_SIGNAL"));
    row.diedAt(
        said.get("COREDUMP_TIMESTAMP").or(() -> said.get("__REALTIME_TIMESTAMP")), 1_000_000);
    row.path(said.get("COREDUMP_EXE"));
    row.text(ProcessColumns.PROCESS_EXECUTABLE_NAME, said.get("COREDUMP_COMM"));
    row.text(ProcessColumns.THREAD_NAME, said.get("COREDUMP_THREAD_NAME"));
    row.text(ProcessColumns.PROCESS_COMMAND_LINE, said.get("COREDUMP_CMDLINE"));
    row.text(ProcessColumns.SYSTEMD_UNIT, said.get("COREDUMP_UNIT"));
    row.cgroup(said.get("COREDUMP_CGROUP"));
    row.text(PlaceColumns.HOST_NAME, said.get("COREDUMP_HOSTNAME").or(() -> said.get("_HOSTNAME")));
    row.text(PlaceColumns.HOST_BOOT_ID, said.get("_BOOT_ID"));
    said.json("COREDUMP_PACKAGE_JSON")
        .flatMap(json -> packaged(json, said.get("COREDUMP_EXE")))
        .ifPresent(
            json -> {
              row.text(ProcessColumns.PACKAGE_NAME, Handler.at(json, "/name"));
              row.text(ProcessColumns.PACKAGE_VERSION, Handler.at(json, "/version"));
            });
    row.text(ProcessColumns.PACKAGE_NAME, said.get("COREDUMP_PACKAGE_NAME"));
    row.text(ProcessColumns.PACKAGE_VERSION, said.get("COREDUMP_PACKAGE_VERSION"));
    row.extra("container_command_line", said.get("COREDUMP_CONTAINER_CMDLINE"));
    row.extra("machine_id", said.get("_MACHINE_ID"));
    if (said.get("COREDUMP_TRUNCATED").filter("1"::equals).isPresent()) {
      anomalies.add("systemd-coredump: says that it cut the core (COREDUMP_TRUNCATED)");
    }
  }

  /// The package of the executable among those of all modules; keys are paths or file names.
  private static Optional<JsonNode> packaged(JsonNode modules, Optional<String> executable) {
    for (Map.Entry<String, JsonNode> each : modules.properties()) {
      boolean executables =
          executable
              .filter(
                  path ->
                      path.equals(each.getKey())
                          || path.endsWith("/" + each.getKey())
                          || each.getKey().endsWith(path.substring(path.lastIndexOf('/'))))
              .isPresent();
      if (executables && each.getValue().has("name")) {
        return Optional.of(each.getValue());
      }
    }
    return Optional.empty();
  }
}
