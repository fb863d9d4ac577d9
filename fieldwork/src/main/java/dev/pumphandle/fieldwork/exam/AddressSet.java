package dev.pumphandle.fieldwork.exam;

import java.util.Arrays;

/// A set of addresses that only grows: a text of a thousand instructions asks for each whether it
/// was there before, and a set of objects took longer over that than decoding. Not safe for several
/// threads.
final class AddressSet {

  /// By hash, free places 0; at most half of them are taken. A power of two.
  private long[] table = new long[64];

  private int taken;

  /// Address 0, which in the table is a free place.
  private boolean zero;

  /// Adds an address; whether it was not there before.
  boolean add(long address) {
    if (address == 0) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    int at = place(table, address);
    if (table[at] == address) {
      return false;
    }
    table[at] = address;
    if (++taken * 2 > table.length) {
      grow();
    }
    return true;
  }

  /// Whether an address was added.
  boolean contains(long address) {
    return address == 0 ? zero : table[place(table, address)] == address;
  }

  private void grow() {
    long[] larger = new long[table.length * 4];
    Arrays.stream(table)
        .filter(address -> address != 0)
        .forEach(address -> larger[place(larger, address)] = address);
    table = larger;
  }

  /// Where an address stands, or would stand.
  private static int place(long[] table, long address) {
    int at = (int) ((address * 0x9E37_79B9_7F4A_7C15L) >>> 40) & (table.length - 1);
    while (table[at] != 0 && table[at] != address) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }
}
