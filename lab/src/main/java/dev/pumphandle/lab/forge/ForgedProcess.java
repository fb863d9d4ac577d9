package dev.pumphandle.lab.forge;

/// What the kernel says about the process as a whole.
///
/// @param pid       process id, also its group and session
/// @param ppid      its parent
/// @param uid       user and group id
/// @param name      the command's name; NT_PRPSINFO keeps 15 bytes of it
/// @param arguments the command line; NT_PRPSINFO keeps 79 bytes of it
public record ForgedProcess(int pid, int ppid, int uid, String name, String arguments) {

  /// A process of user 1000 under init, whose command line is its name.
  public static ForgedProcess of(int pid, String name) {
    return new ForgedProcess(pid, 1, 1000, name, name);
  }
}
