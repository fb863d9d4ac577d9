package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteView;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// What a zip archive says of one entry, in its directory or before the entry itself.
///
/// Source: PKWARE APPNOTE 6.3.10, §4.3.7 "Local file header", §4.3.12 "Central directory
/// structure", §4.5.3 "Zip64 Extended Information"; Info-ZIP, extra field 0x5455.
///
/// @param flags general purpose bits
/// @param method how it is packed
/// @param packedBytes its size as stored (bytes); 0 where it was not known when this was written
/// @param plainBytes its size unpacked (bytes); likewise
/// @param localAt where its local header is (bytes from the start of the archive)
/// @param length how long this header is, with name, extra fields and comment (bytes)
record ZipHeader(
    int flags,
    int method,
    long packedBytes,
    long plainBytes,
    long localAt,
    String name,
    Optional<Instant> modifiedAt,
    int length) {

  static final long LOCAL = 0x0403_4b50L;
  static final long CENTRAL = 0x0201_4b50L;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final long IN_ZIP64 = 0xffff_ffffL;

  boolean encrypted() {
    return (flags & 1) != 0;
  }

  /// Whether its sizes stand behind it, not here.
  boolean sizesFollow() {
    return (flags & 8) != 0;
  }

  /// The local header at the beginning of `bytes`; empty where there is none, or not all of it.
  static Optional<ZipHeader> local(ByteView bytes, long at) {
    if (bytes.length() < LOCAL_BYTES || bytes.u32(0) != LOCAL) {
      return Optional.empty();
    }
    int name = bytes.u16(26);
    int extra = bytes.u16(28);
    int length = LOCAL_BYTES + name + extra;
    if (bytes.length() < length) {
      return Optional.empty();
    }
    Extra more = Extra.of(bytes.slice(LOCAL_BYTES + name, extra), bytes.u32(22), bytes.u32(18), 0);
    return Optional.of(
        new ZipHeader(
            bytes.u16(6),
            bytes.u16(8),
            more.packed(),
            more.plain(),
            at,
            text(bytes, LOCAL_BYTES, name),
            more.modified().or(() -> dos(bytes.u16(12), bytes.u16(10))),
            length));
  }

  /// The entry of the directory at `at` in `bytes`; empty where there is none, or not all of it.
  static Optional<ZipHeader> central(ByteView bytes, int at) {
    if (bytes.length() - at < CENTRAL_BYTES || bytes.u32(at) != CENTRAL) {
      return Optional.empty();
    }
    int name = bytes.u16(at + 28);
    int extra = bytes.u16(at + 30);
    int length = CENTRAL_BYTES + name + extra + bytes.u16(at + 32);
    if (bytes.length() - at < length) {
      return Optional.empty();
    }
    Extra more =
        Extra.of(
            bytes.slice(at + CENTRAL_BYTES + name, extra),
            bytes.u32(at + 24),
            bytes.u32(at + 20),
            bytes.u32(at + 42));
    return Optional.of(
        new ZipHeader(
            bytes.u16(at + 8),
            bytes.u16(at + 10),
            more.packed(),
            more.plain(),
            more.localAt(),
            text(bytes, at + CENTRAL_BYTES, name),
            more.modified().or(() -> dos(bytes.u16(at + 14), bytes.u16(at + 12))),
            length));
  }

  /// UTF-8 whatever the flag says: where it is not, the name is odd but still a name.
  private static String text(ByteView bytes, int at, int length) {
    return new String(bytes.slice(at, length).toArray(), StandardCharsets.UTF_8);
  }

  /// The time as MS-DOS wrote it, taken for UTC: the archive does not say whose clock it was.
  private static Optional<Instant> dos(int date, int time) {
    try {
      return date == 0
          ? Optional.empty()
          : Optional.of(
              LocalDateTime.of(
                      1980 + (date >> 9),
                      date >> 5 & 15,
                      date & 31,
                      time >> 11,
                      time >> 5 & 63,
                      2 * (time & 31))
                  .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Numbers that did not fit, and a better clock.
  private record Extra(long plain, long packed, long localAt, Optional<Instant> modified) {

    static Extra of(ByteView fields, long plain, long packed, long localAt) {
      Extra found = new Extra(plain, packed, localAt, Optional.empty());
      int at = 0;
      while (at + 4 <= fields.length()) {
        int bytes = fields.u16(at + 2);
        if (bytes > fields.length() - at - 4) {
          break;
        }
        ByteView field = fields.slice(at + 4, bytes);
        found =
            switch (fields.u16(at)) {
              case 0x0001 -> found.wide(field);
              case 0x5455 -> found.timed(field);
              default -> found;
            };
        at += 4 + bytes;
      }
      return found;
    }

    private Extra wide(ByteView field) {
      long[] numbers = {plain, packed, localAt};
      int at = 0;
      for (int i = 0; i < numbers.length; i++) {
        if (numbers[i] == IN_ZIP64 && at + 8 <= field.length()) {
          numbers[i] = field.u64(at);
          at += 8;
        }
      }
      return new Extra(numbers[0], numbers[1], numbers[2], modified);
    }

    private Extra timed(ByteView field) {
      return field.length() >= 5 && (field.u8(0) & 1) != 0
          ? new Extra(plain, packed, localAt, Optional.of(Instant.ofEpochSecond(field.u32(1))))
          : this;
    }
  }
}
