package dev.pumphandle.linelist;

/// Who may see a column's values.
public enum Sensitivity {
  /// Says nothing of people or machines: signal numbers, labels, build-ids.
  PUBLIC,
  /// Names machines, paths or places of the fleet.
  FLEET,
  /// Words from the dead process's memory or registers, which may hold people's data.
  MEMORY
}
