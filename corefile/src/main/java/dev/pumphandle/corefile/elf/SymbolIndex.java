package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The functions of a file by address, in sorted arrays; names stay in the file until one is asked
/// for.
///
/// A browser's symbol table has a million functions and 100 MB of names: this takes 20 bytes a
/// function.
final class SymbolIndex {

  private static final int ENTRY_BYTES = 24;

  /// The most symbols of one table that are looked at.
  private static final long MAX_SYMBOLS = 1 << 21;

  /// How much of a table is read at once (bytes); a multiple of an entry.
  private static final int CHUNK = 43_690 * ENTRY_BYTES;

  /// The longest name that is read whole (bytes).
  private static final int MAX_NAME = 16 << 10;

  /// How far before an address a symbol without a size may begin (bytes).
  private static final long MAX_UNSIZED = 64 << 10;

  /// How many symbols before the nearest are looked at for one that covers an address.
  private static final int LOOK_BACK = 8;

  /// The bit above which a name's rank is kept; no file has 2⁶⁰ bytes.
  private static final int RANK_AT = 60;

  private static final long NAME_MASK = (1L << RANK_AT) - 1;

  private final ByteSource source;
  private final List<SymbolTable> tables;
  private long[] vaddr = new long[256];
  private int[] bytes = new int[256];

  /// Where the name is in the file, and above [#RANK_AT] the rank of its binding.
  private long[] nameAt = new long[256];
  private int count;

  private SymbolIndex(ByteSource source, List<SymbolTable> tables) {
    this.source = source;
    this.tables = tables;
  }

  /// Reads the tables of a file: `.symtab` and `.dynsym`, what there is of them.
  static SymbolIndex of(ElfImage image) throws IOException {
    SymbolIndex index = new SymbolIndex(image.source(), SymbolTable.of(image));
    for (SymbolTable table : index.tables) {
      index.add(table, image);
    }
    index.sort();
    return index;
  }

  Optional<Symbol> functionAt(long address) throws IOException {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(vaddr[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    // A label without size may stand inside a function that covers the address.
    for (int i = high; i >= 0 && i > high - LOOK_BACK; i--) {
      if (Long.compareUnsigned(address - vaddr[i], bytes[i]) < 0) {
        return Optional.of(symbol(i));
      }
    }
    return high >= 0
            && bytes[high] == 0
            && Long.compareUnsigned(address - vaddr[high], MAX_UNSIZED) < 0
        ? Optional.of(symbol(high))
        : Optional.empty();
  }

  Optional<Symbol> named(String name) throws IOException {
    for (SymbolTable table : tables) {
      Optional<Symbol> found = table.named(source, name, MAX_SYMBOLS, CHUNK);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void add(SymbolTable table, ElfImage image) throws IOException {
    long end = Math.min(table.symbols().bytes(), MAX_SYMBOLS * ENTRY_BYTES);
    for (long at = 0; at < end; at += CHUNK) {
      ByteView chunk =
          source.read(table.symbols().fileOffset() + at, (int) Math.min(CHUNK, end - at));
      for (int entry = 0; entry + ENTRY_BYTES <= chunk.length(); entry += ENTRY_BYTES) {
        if (isFunction(chunk, entry, image)) {
          append(
              chunk.u64(entry + 8),
              chunk.u64(entry + 16),
              (rank(chunk.u8(entry + 4) >> 4) << RANK_AT)
                  | ((table.names().fileOffset() + chunk.u32(entry)) & NAME_MASK));
        }
      }
      if (chunk.length() < Math.min(CHUNK, end - at)) {
        return; // the file ends here
      }
    }
  }

  /// Functions, and labels in code: on x86-64 the kernel's and glibc's assembly has code without a
  /// type, such as `__restore_rt`; on AArch64 such labels are marks (`$x`), not names.
  private static boolean isFunction(ByteView chunk, int entry, ElfImage image) {
    int type = chunk.u8(entry + 4) & 15;
    boolean defined = chunk.u16(entry + 6) != 0;
    boolean named = chunk.u32(entry) != 0;
    return defined
        && named
        && switch (type) {
          case 2, 10 -> true;
          case 0 -> image.machine() == Machine.X86_64 && image.isCode(chunk.u64(entry + 8));
          default -> false;
        };
  }

  /// Of several names for one address the public one is best known: GLOBAL before WEAK before
  /// LOCAL.
  private static long rank(int binding) {
    return switch (binding) {
      case 1 -> 0;
      case 2 -> 1;
      default -> 2;
    };
  }

  private void append(long address, long size, long name) {
    if (count == vaddr.length) {
      vaddr = Arrays.copyOf(vaddr, count * 2);
      bytes = Arrays.copyOf(bytes, count * 2);
      nameAt = Arrays.copyOf(nameAt, count * 2);
    }
    vaddr[count] = address;
    bytes[count] = (int) Math.min(Math.max(0, size), Integer.MAX_VALUE);
    nameAt[count] = name;
    count++;
  }

  private void sort() {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    order = UnsignedOrder.sort(order, i -> vaddr[i]);
    long[] sortedVaddr = new long[count];
    int[] sortedBytes = new int[count];
    long[] sortedName = new long[count];
    int kept = 0;
    for (int i : order) {
      if (kept > 0 && sortedVaddr[kept - 1] == vaddr[i]) {
        sortedBytes[kept - 1] = Math.max(sortedBytes[kept - 1], bytes[i]);
        if (nameAt[i] >>> RANK_AT < sortedName[kept - 1] >>> RANK_AT) {
          sortedName[kept - 1] = nameAt[i];
        }
        continue;
      }
      sortedVaddr[kept] = vaddr[i];
      sortedBytes[kept] = bytes[i];
      sortedName[kept] = nameAt[i];
      kept++;
    }
    vaddr = sortedVaddr;
    bytes = sortedBytes;
    nameAt = sortedName;
    count = kept;
  }

  private Symbol symbol(int i) throws IOException {
    long at = nameAt[i] & NAME_MASK;
    ByteView name = source.read(at, 256);
    if (name.indexOf(0, 0) < 0) {
      name = source.read(at, MAX_NAME);
    }
    return new Symbol(name.cString(0, MAX_NAME), vaddr[i], bytes[i]);
  }
}
