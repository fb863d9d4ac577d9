package dev.pumphandle.stores.archive;

/// How far an archive is followed.
///
/// @param scanLimit how far to look into a compressed core (bytes, unpacked)
/// @param archive how far to look into a compressed archive (bytes, unpacked)
/// @param entries how many entries to look at
/// @param cores how many cores to hand out
public record Limits(long scanLimit, long archive, long entries, long cores) {

  /// A compressed archive may hold this many cores of the scan limit's size.
  private static final int TIMES = 16;

  /// The usual limits beside a scan limit.
  public static Limits of(long scanLimit) {
    long archive = scanLimit > Long.MAX_VALUE / TIMES ? Long.MAX_VALUE : TIMES * scanLimit;
    return new Limits(scanLimit, archive, 1_000_000, 100_000);
  }
}
