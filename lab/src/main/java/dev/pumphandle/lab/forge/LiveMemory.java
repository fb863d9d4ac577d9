package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The memory of a process of paper while it still lives: what a handler or the kernel can read at
/// the moment of the fault, in a core or not.
final class LiveMemory {

  private final List<Region> regions;

  LiveMemory(List<Region> mapped) {
    List<Region> sorted = new ArrayList<>(mapped);
    sorted.sort(Comparator.comparing(Region::from, Long::compareUnsigned));
    this.regions = List.copyOf(sorted);
  }

  /// All mappings by address.
  List<Region> regions() {
    return regions;
  }

  /// The mapping that holds an address.
  Optional<Region> at(long address) {
    return regions.stream().filter(r -> r.covers(address)).findFirst();
  }

  /// The mapping that holds an address, else the next one above it: the kernel's `find_vma()`.
  Optional<Region> atOrAbove(long address) {
    return regions.stream().filter(r -> Long.compareUnsigned(r.to() - 1, address) >= 0).findFirst();
  }

  /// As many of the bytes as can be read without a gap.
  byte[] read(long address, int count) {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      Optional<Region> region = at(address + done).filter(r -> (r.flags() & 4) != 0);
      if (region.isEmpty()) return Arrays.copyOf(bytes, done);
      int n = (int) Math.min(count - done, region.get().to() - (address + done));
      System.arraycopy(region.get().read(address + done, n), 0, bytes, done, n);
      done += n;
    }
    return bytes;
  }

  /// A word, where all of it can be read.
  OptionalLong word(long address) {
    byte[] bytes = read(address, 8);
    if (bytes.length < 8) return OptionalLong.empty();
    long word = 0;
    for (int i = 7; i >= 0; i--) word = word << 8 | (bytes[i] & 0xff);
    return OptionalLong.of(word);
  }
}
