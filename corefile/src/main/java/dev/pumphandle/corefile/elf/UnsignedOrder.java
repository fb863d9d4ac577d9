package dev.pumphandle.corefile.elf;

import java.util.function.IntToLongFunction;

/// Sorting numbers of table entries by an unsigned key, without an object for each: hostile tables
/// have a million entries.
public final class UnsignedOrder {

  private UnsignedOrder() {}

  /// The same numbers, by key; equal keys keep their order. A merge sort from the bottom up.
  ///
  /// @param numbers what to sort; may be overwritten
  /// @param key the key of a number (unsigned)
  public static int[] sort(int[] numbers, IntToLongFunction key) {
    int[] from = numbers;
    int[] into = new int[numbers.length];
    for (int width = 1; width < numbers.length; width *= 2) {
      for (int low = 0; low < numbers.length; low += 2 * width) {
        int middle = Math.min(low + width, numbers.length);
        int high = Math.min(low + 2 * width, numbers.length);
        int left = low;
        int right = middle;
        for (int at = low; at < high; at++) {
          boolean takeLeft =
              left < middle
                  && (right >= high
                      || Long.compareUnsigned(
                              key.applyAsLong(from[left]), key.applyAsLong(from[right]))
                          <= 0);
          into[at] = takeLeft ? from[left++] : from[right++];
        }
      }
      int[] swap = from;
      from = into;
      into = swap;
    }
    return from;
  }
}
