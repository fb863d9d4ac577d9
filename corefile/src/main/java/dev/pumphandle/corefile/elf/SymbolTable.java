package dev.pumphandle.corefile.elf;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One symbol table and its names, where they are in the file.
///
/// @param symbols the entries
/// @param names the names, each ended by a NUL
record SymbolTable(FileRange symbols, FileRange names) {

  private static final int ENTRY_BYTES = 24;

  /// How much of the names is searched (bytes).
  private static final long MAX_SEARCH = 256L << 20;

  /// The most places where one name is found.
  private static final int MAX_PLACES = 256;

  /// The tables of a file, the fuller one first.
  static List<SymbolTable> of(ElfImage image) {
    List<SymbolTable> tables = new ArrayList<>(2);
    for (int type : new int[] {Section.SYMBOLS, Section.DYNAMIC_SYMBOLS}) {
      for (Section section : image.sections()) {
        if (section.type() == type
            && section.link() > 0
            && section.link() < image.sections().size()) {
          Optional<FileRange> symbols = image.rangeOf(section);
          Optional<FileRange> names = image.rangeOf(image.sections().get(section.link()));
          if (symbols.isPresent() && names.isPresent()) {
            tables.add(new SymbolTable(symbols.get(), names.get()));
            break; // a file has one table of each type
          }
        }
      }
    }
    return tables;
  }

  /// The first defined function or object called `name`.
  ///
  /// Looks for the name first, then for who uses it. Linkers let a name be the end of a longer one
  /// (`exit` inside `_exit`), so every place where it stands before a NUL counts.
  Optional<Symbol> named(ByteSource source, String name, long maxSymbols, int chunkBytes)
      throws IOException {
    Set<Long> places = places(source, name);
    long end = Math.min(symbols.bytes(), maxSymbols * ENTRY_BYTES);
    for (long at = 0; at < end && !places.isEmpty(); at += chunkBytes) {
      int wanted = (int) Math.min(chunkBytes, end - at);
      ByteView chunk = source.read(symbols.fileOffset() + at, wanted);
      for (int entry = 0; entry + ENTRY_BYTES <= chunk.length(); entry += ENTRY_BYTES) {
        if (isDefined(chunk, entry) && places.contains(chunk.u32(entry))) {
          return Optional.of(
              new Symbol(name, chunk.u64(entry + 8), Math.max(0, chunk.u64(entry + 16))));
        }
      }
      if (chunk.length() < wanted) {
        break; // the file ends here
      }
    }
    return Optional.empty();
  }

  /// Defined, and no thread-local's offset (`STT_TLS`) or file's name (`STT_FILE`).
  private static boolean isDefined(ByteView chunk, int entry) {
    int type = chunk.u8(entry + 4) & 15;
    return chunk.u16(entry + 6) != 0 && type != 4 && type != 6;
  }

  private Set<Long> places(ByteSource source, String name) throws IOException {
    byte[] wanted = (name + "\0").getBytes(StandardCharsets.UTF_8);
    ByteView pattern = ByteView.ofOwned(wanted, wanted.length);
    Set<Long> places = new HashSet<>();
    int step = 1 << 20;
    long end = Math.min(names.bytes(), MAX_SEARCH);
    for (long at = 0; at < end; at += step) {
      // Chunks overlap by the name's length, so that no place is missed between two.
      int bytes = (int) Math.min((long) step + wanted.length - 1, end - at);
      ByteView chunk = source.read(names.fileOffset() + at, bytes);
      int first = wanted[0] & 0xff;
      int i = chunk.indexOf(first, 0);
      while (i >= 0 && i < step && places.size() < MAX_PLACES) {
        if (chunk.startsWith(i, pattern)) {
          places.add(at + i);
        }
        i = chunk.indexOf(first, i + 1);
      }
      if (chunk.length() < bytes) {
        break; // the file ends here
      }
    }
    return places;
  }
}
