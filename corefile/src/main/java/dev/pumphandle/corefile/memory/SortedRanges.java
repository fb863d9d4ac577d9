package dev.pumphandle.corefile.memory;

/// Ranges of addresses that do not overlap, sorted, their bounds side by side.
final class SortedRanges {

  private SortedRanges() {}

  /// The range that `address` lies in, or −1.
  ///
  /// @param from the first address of each (unsigned)
  /// @param to the first address behind each (unsigned)
  /// @param count how many there are
  static int find(long[] from, long[] to, int count, long address) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(address, from[middle]) < 0) {
        high = middle - 1;
      } else if (Long.compareUnsigned(address, to[middle]) >= 0) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    return -1;
  }
}
