package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.corefile.elf.FileRange;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The call frame information of one file: `.eh_frame`, found through the sorted table of
/// `.eh_frame_hdr`, or, where that is missing, by going through all of it.
///
/// Source: LSB Core 5.0 §10.6 (Exception Frames, eh_frame_hdr); DWARF 5 §6.4.
final class CallFrameInformation {

  /// The longest description of one function (bytes).
  private static final int MOST_BYTES = 64 << 10;

  /// How many answers are kept of one file: a fleet's crashes lead to the same places of a build.
  private static final int KEPT = 256;

  private final ElfImage image;
  private final AtomicReferenceArray<@Nullable Answer> kept = new AtomicReferenceArray<>(KEPT);

  private volatile @Nullable UnindexedFrames unindexed;

  private record Answer(long vaddr, Optional<Description> description) {}

  private CallFrameInformation(ElfImage image) {
    this.image = image;
  }

  /// The information of a file, with what was asked of it before.
  static CallFrameInformation of(ElfImage image) {
    return image.companion(CallFrameInformation.class, CallFrameInformation::new);
  }

  /// One function's description.
  ///
  /// @param begin the first address it covers, before any bias (unsigned)
  /// @param end the first address after (unsigned)
  /// @param row the rules at the address asked for
  /// @param lsda where the language's own data of the function is; empty where it has none, and so
  ///   no landing pads
  record Description(long begin, long end, UnwindRow row, OptionalLong lsda) {}

  /// The description of the function that an address lies in.
  ///
  /// @param vaddr the address, before any bias (unsigned)
  /// @throws IOException where the file cannot be read
  Optional<Description> at(long vaddr) throws IOException {
    int place = (int) ((vaddr * 0x9E3779B97F4A7C15L) >>> 56); // by Knuth's multiplicative hashing
    Answer known = kept.get(place);
    if (known == null || known.vaddr != vaddr) {
      known = new Answer(vaddr, read(vaddr));
      kept.set(place, known);
    }
    return known.description;
  }

  private Optional<Description> read(long vaddr) throws IOException {
    Optional<FileRange> header = image.ehFrameHeader();
    try {
      OptionalLong description =
          header.isPresent() ? search(header.get(), vaddr) : searchUnindexed(vaddr);
      return description.isEmpty() ? Optional.empty() : describe(description.getAsLong(), vaddr);
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty(); // malformed: no information is what it is worth
    }
  }

  /// Binary search in the table: pairs of 4-byte distances from the header, sorted by address.
  private OptionalLong search(FileRange header, long vaddr) throws IOException {
    ByteView start = read(header.vaddr(), 12 + 8);
    if (start.u8(0) != 1 || start.u8(3) != 0x3B) {
      return OptionalLong.empty(); // every linker in use writes signed 4-byte, data-relative pairs
    }
    DwarfCursor cursor = new DwarfCursor(start, header.vaddr(), 4);
    cursor.pointer(start.u8(1), header.vaddr());
    long count = cursor.pointer(start.u8(2), header.vaddr());
    long table = header.vaddr() + cursor.position();
    if (count <= 0 || count > header.bytes() / 8) {
      return OptionalLong.empty();
    }
    long low = 0;
    long high = count - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      long begin = header.vaddr() + read(table + 8 * middle, 4).s32(0);
      if (Long.compareUnsigned(begin, vaddr) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    ByteView entry = read(table + 8 * low, 8);
    return Long.compareUnsigned(header.vaddr() + entry.s32(0), vaddr) <= 0
        ? OptionalLong.of(header.vaddr() + entry.s32(4))
        : OptionalLong.empty();
  }

  private OptionalLong searchUnindexed(long vaddr) throws IOException {
    UnindexedFrames frames = unindexed;
    if (frames == null) {
      Optional<FileRange> section = image.ehFrame();
      if (section.isEmpty() || section.get().bytes() > UnindexedFrames.MOST_BYTES) {
        return OptionalLong.empty();
      }
      ByteView bytes = read(section.get().vaddr(), (int) section.get().bytes());
      frames = UnindexedFrames.of(section.get(), bytes, at -> common(at).pointers);
      unindexed = frames;
    }
    return frames.search(vaddr);
  }

  private Optional<Description> describe(long fde, long vaddr) throws IOException {
    ByteView entry = entry(fde);
    long commonAt = fde + 4 - entry.u32(4);
    Common common = common(commonAt);
    DwarfCursor cursor = new DwarfCursor(entry, fde, 8);
    long begin = cursor.pointer(common.pointers, 0);
    long length = cursor.pointer(common.pointers & 15, 0);
    if (Long.compareUnsigned(vaddr - begin, length) >= 0) {
      return Optional.empty();
    }
    OptionalLong lsda = OptionalLong.empty();
    if (common.augmented) {
      long bytes = cursor.uleb();
      int next = Math.addExact(cursor.position(), Math.toIntExact(bytes));
      if (common.lsdaPointers != 0xFF && bytes > 0) {
        int before = cursor.position();
        long value = cursor.pointer(common.lsdaPointers, 0);
        boolean none = new DwarfCursor(entry, 0, before).pointer(common.lsdaPointers & 15, 0) == 0;
        lsda = none ? OptionalLong.empty() : OptionalLong.of(value);
      }
      cursor.seek(next);
    }
    UnwindProgram program = new UnwindProgram(common.codeAlign, common.dataAlign, common.pointers);
    program.run(
        common.bytes, commonAt, common.instructions, common.bytes.length(), 0, Long.MAX_VALUE);
    program.markInitial();
    program.run(entry, fde, cursor.position(), entry.length(), begin, vaddr);
    return Optional.of(
        new Description(
            begin, begin + length, program.row(common.returnColumn, common.signalFrame), lsda));
  }

  /// One CIE: what the descriptions that point to it have in common.
  private record Common(
      ByteView bytes,
      int instructions,
      long codeAlign,
      long dataAlign,
      int returnColumn,
      int pointers,
      int lsdaPointers,
      boolean augmented,
      boolean signalFrame) {}

  private Common common(long at) throws IOException {
    ByteView entry = entry(at);
    if (entry.u32(4) != 0) {
      throw new IndexOutOfBoundsException("not a CIE");
    }
    int version = entry.u8(8);
    String augmentation = entry.cString(9, 16);
    DwarfCursor cursor = new DwarfCursor(entry, at, 9 + augmentation.length() + 1);
    long codeAlign = cursor.uleb();
    long dataAlign = cursor.sleb();
    int returnColumn = version == 1 ? cursor.u8() : (int) cursor.uleb();
    int pointers = 0;
    int lsdaPointers = 0xFF;
    boolean signalFrame = false;
    boolean augmented = augmentation.startsWith("z");
    int instructions = cursor.position();
    if (augmented) {
      int bytes = Math.toIntExact(cursor.uleb());
      instructions = Math.addExact(cursor.position(), bytes);
      for (char letter : augmentation.substring(1).toCharArray()) {
        switch (letter) {
          case 'R' -> pointers = cursor.u8();
          case 'L' -> lsdaPointers = cursor.u8();
          case 'P' -> cursor.pointer(cursor.u8() & 0x7F, 0);
          case 'S' -> signalFrame = true;
          case 'B' -> {} // AArch64: return addresses are signed with the B key
          default -> throw new IndexOutOfBoundsException("augmentation " + augmentation);
        }
      }
    }
    return new Common(
        entry,
        instructions,
        codeAlign,
        dataAlign,
        returnColumn,
        pointers,
        lsdaPointers,
        augmented,
        signalFrame);
  }

  private ByteView entry(long at) throws IOException {
    long length = read(at, 4).u32(0);
    if (length == 0 || length > MOST_BYTES) {
      throw new IndexOutOfBoundsException("entry of " + length);
    }
    return read(at, (int) length + 4);
  }

  private ByteView read(long vaddr, int length) throws IOException {
    return image
        .read(vaddr, length)
        .orElseThrow(() -> new IndexOutOfBoundsException("not in the file"));
  }
}
