package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.bigint;
import static dev.pumphandle.linelist.Column.integer;
import static dev.pumphandle.linelist.Column.text;

import java.util.List;

/// Who died.
public final class ProcessColumns {

  /// `x86_64` or `aarch64`.
  public static final Column<String> MACHINE =
      text("machine", "`x86_64` or `aarch64`.", "ELF header e_machine");

  /// Who wrote the core: `kernel`, `gcore`, `qemu-user` or `unknown`. A gcore has no fatal
  /// signal: nobody died.
  public static final Column<String> CORE_ORIGIN =
      text(
          "core_origin",
          "Who wrote the core: `kernel`, `gcore`, `qemu-user` or `unknown`. A gcore has "
              + "no fatal signal: nobody died.",
          "order and contents of the notes");

  /// Process id, in the namespace where the kernel wrote the core.
  public static final Column<Long> PROCESS_PID =
      bigint(
          "process_pid",
          "id",
          "Process id, in the namespace where the kernel wrote the core.",
          "NT_PRPSINFO pr_pid; else object name");

  /// Real user id.
  public static final Column<Integer> PROCESS_UID =
      integer("process_uid", "id", "Real user id.", "NT_PRPSINFO pr_uid");

  /// Name of the executable, at most 15 characters when only the kernel told it.
  public static final Column<String> PROCESS_EXECUTABLE_NAME =
      text(
          "process_executable_name",
          "Name of the executable, at most 15 characters when only the kernel told it.",
          "AT_EXECFN or NT_FILE; else NT_PRPSINFO pr_fname; else object name");

  /// Path of the executable.
  public static final Column<String> PROCESS_EXECUTABLE_PATH =
      text("process_executable_path", "Path of the executable.", "NT_FILE, AT_EXECFN")
          .with(Sensitivity.FLEET);

  /// Build-id of the executable, in hex.
  public static final Column<String> PROCESS_EXECUTABLE_BUILD_ID_GNU =
      text(
          "process_executable_build_id_gnu",
          "Build-id of the executable, in hex.",
          "the executable’s first pages in the core");

  /// Threads in the core.
  public static final Column<Integer> THREAD_COUNT =
      integer("thread_count", "count", "Threads in the core.", "NT_PRSTATUS notes");

  /// Thread that faulted; not always the one the kernel killed.
  public static final Column<Long> CRASH_TID =
      bigint(
          "crash_tid",
          "id",
          "Thread that faulted; not always the one the kernel killed.",
          "NT_PRSTATUS pr_pid; signal frame");

  /// Name of the thread that faulted, where it was recorded.
  public static final Column<String> THREAD_NAME =
      text(
          "thread_name",
          "Name of the thread that faulted, where it was recorded.",
          "object name; sidecar");

  /// CPU on which the thread died, where it was recorded.
  public static final Column<Integer> CPU_NUMBER =
      integer(
          "cpu_number",
          "number",
          "CPU on which the thread died, where it was recorded.",
          "core_pattern %C; sidecar");

  /// Command line, as the crash handler recorded it.
  public static final Column<String> PROCESS_COMMAND_LINE =
      text(
              "process_command_line",
              "Command line, as the crash handler recorded it.",
              "journal COREDUMP_CMDLINE; apport ProcCmdline; abrt cmdline")
          .with(Sensitivity.MEMORY);

  /// Control group of the process.
  public static final Column<String> PROCESS_LINUX_CGROUP =
      text(
              "process_linux_cgroup",
              "Control group of the process.",
              "journal COREDUMP_CGROUP; abrt cgroup; sidecar")
          .with(Sensitivity.FLEET);

  /// Unit of systemd that the process belonged to.
  public static final Column<String> SYSTEMD_UNIT =
      text(
              "systemd_unit",
              "Unit of systemd that the process belonged to.",
              "journal COREDUMP_UNIT; the control group")
          .with(Sensitivity.FLEET);

  /// Package that the executable came from.
  public static final Column<String> PACKAGE_NAME =
      text(
          "package_name",
          "Package that the executable came from.",
          "journal COREDUMP_PACKAGE_NAME, COREDUMP_PACKAGE_JSON; apport Package; abrt package");

  /// Version of that package.
  public static final Column<String> PACKAGE_VERSION =
      text("package_version", "Version of that package.", "as package_name");

  private ProcessColumns() {}

  static List<Column<?>> all() {
    return List.of(
        MACHINE,
        CORE_ORIGIN,
        PROCESS_PID,
        PROCESS_UID,
        PROCESS_EXECUTABLE_NAME,
        PROCESS_EXECUTABLE_PATH,
        PROCESS_EXECUTABLE_BUILD_ID_GNU,
        THREAD_COUNT,
        CRASH_TID,
        THREAD_NAME,
        CPU_NUMBER,
        PROCESS_COMMAND_LINE,
        PROCESS_LINUX_CGROUP,
        SYSTEMD_UNIT,
        PACKAGE_NAME,
        PACKAGE_VERSION);
  }
}
