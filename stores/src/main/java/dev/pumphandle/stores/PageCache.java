package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteView;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The pages of one stream that were unpacked lately, and always its first ones, where a core's
/// headers and notes stand.
///
/// Pages of zeros, of which cores are full, are remembered without their bytes. Not safe for
/// several threads.
final class PageCache {
  /// The size of a page (bytes).
  static final int PAGE = 1 << 16;

  /// How many pages to keep (16 MiB).
  private static final int KEPT = 256;

  /// How many of the first pages are never dropped (4 MiB: the kernel's limit for the note of
  /// mapped files).
  private static final int FIRST = 64;

  private static final ByteView ZEROS = ByteView.ofOwned(new byte[PAGE], PAGE);

  private final Map<Long, ByteView> first = new LinkedHashMap<>();
  private final BitSet zeros = new BitSet();
  private final Map<Long, ByteView> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteView> eldest) {
          return size() > KEPT - FIRST;
        }
      };

  Optional<ByteView> find(long number) {
    if (number <= Integer.MAX_VALUE && zeros.get((int) number)) {
      return Optional.of(ZEROS);
    }
    ByteView page = first.get(number);
    return Optional.ofNullable(page == null ? recent.get(number) : page);
  }

  void keep(long number, ByteView page) {
    if (number <= Integer.MAX_VALUE && page.equals(ZEROS)) {
      zeros.set((int) number);
    } else if (number < FIRST) {
      first.put(number, page);
    } else {
      recent.put(number, page);
    }
  }
}
