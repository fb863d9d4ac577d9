package dev.pumphandle.fieldwork.handler;

import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.Optional;

/// ABRT's problem directories: one file for each field.
///
/// Source: libreport 2.17 src/include/problem_data.h, FILENAME_*; abrt 2.17
/// src/hooks/abrt-hook-ccpp.c, create_core_backtrace() and around.
///
/// The same crash again does not make another directory: `count` says how often it came, and only
/// the first core is there. It is kept in `extra`, as `abrt_count`.
final class Abrt {
  private Abrt() {}

  static void testify(Handler said, Testimony row) {
    row.path(said.get("executable"));
    row.text(ProcessColumns.PROCESS_COMMAND_LINE, said.get("cmdline"));
    row.number(ProcessColumns.PROCESS_PID, said.get("global_pid").or(() -> said.get("pid")));
    row.small(ProcessColumns.PROCESS_UID, said.get("uid"));
    row.diedAt(said.get("time"), 1);
    row.text(PlaceColumns.HOST_NAME, said.get("hostname"));
    row.text(PlaceColumns.OS_VERSION, said.get("kernel"));
    row.text(PlaceColumns.CONTAINER_ID, said.get("container_id"));
    row.text(PlaceColumns.CONTAINER_IMAGE_NAME, said.get("container_image"));
    row.cgroup(said.get("cgroup"));
    Optional<String> name = said.get("pkg_name");
    row.text(ProcessColumns.PACKAGE_NAME, name.or(() -> said.get("component")));
    row.text(
        ProcessColumns.PACKAGE_VERSION,
        said.get("pkg_version")
            .map(version -> version + said.get("pkg_release").map(r -> "-" + r).orElse("")));
    row.extra("abrt_package", said.get("package"));
    row.extra("abrt_reason", said.get("reason"));
    row.extra("abrt_count", said.get("count"));
    row.extra("abrt_os_release", said.get("os_release"));
  }
}
