package dev.pumphandle.stores;

import com.github.luben.zstd.ZstdInputStream;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// The ways in which cores are compressed, known by their first bytes: names lie.
enum Compression implements Opening {
  /// Source: RFC 8878 §3.1.1, §3.1.2 (a skippable frame may come first). Any number of frames.
  ZSTD {
    @Override
    boolean begins(ByteView head) {
      return head.length() >= 4 && (head.u32(0) == 0xfd2f_b528L || isSkippable(head));
    }

    @Override
    InputStream stream(InputStream packed) throws IOException {
      return new ZstdInputStream(packed).setContinuous(false);
    }

    @Override
    public Optional<Unpacking> byIndex(ByteSource packed) throws IOException {
      return SeekableZstd.of(packed);
    }
  },
  /// Source: RFC 1952 §2.3.1. Any number of members.
  GZIP {
    @Override
    boolean begins(ByteView head) {
      return head.length() >= 3 && head.u16(0) == 0x8b1f && head.u8(2) == 8;
    }

    @Override
    InputStream stream(InputStream packed) throws IOException {
      return new GZIPInputStream(packed, 1 << 16);
    }
  },
  /// Source: The .xz File Format 1.1.0, §2.1.1.1.
  XZ {
    @Override
    boolean begins(ByteView head) {
      return head.length() >= 6 && head.u32(0) == 0x587a_37fdL && head.u16(4) == 0x005a;
    }

    @Override
    InputStream stream(InputStream packed) throws IOException {
      return new XZInputStream(packed, XZ_MEMORY_KIB);
    }

    @Override
    public Optional<Unpacking> byIndex(ByteSource packed) throws IOException {
      return SeekableXz.of(packed);
    }
  },
  /// Source: LZ4 Frame Format 1.6.3, "General Structure" and "Legacy frame".
  LZ4 {
    @Override
    boolean begins(ByteView head) {
      return head.length() >= 4 && (head.u32(0) == 0x184d_2204L || head.u32(0) == 0x184c_2102L);
    }

    @Override
    InputStream stream(InputStream packed) throws IOException {
      return new Lz4Stream(packed);
    }
  },
  /// Source: bzip2 1.0.8, compress.c, BZ2_compressBlock(): "BZh" and the block size.
  BZIP2 {
    @Override
    boolean begins(ByteView head) {
      return head.length() >= 4
          && head.u8(0) == 'B'
          && head.u8(1) == 'Z'
          && head.u8(2) == 'h'
          && head.u8(3) >= '1'
          && head.u8(3) <= '9';
    }

    @Override
    InputStream stream(InputStream packed) throws IOException {
      return new BZip2CompressorInputStream(packed, true);
    }
  };

  /// How many bytes tell them all apart (bytes).
  static final int TELLING_BYTES = 8;

  /// What a hostile .xz may make us allocate (KiB): the dictionary of `xz -9` is 64 MiB.
  static final int XZ_MEMORY_KIB = 100 * 1024;

  /// How many skippable frames may stand before the first that tells what they belong to.
  private static final int MOST_SKIPPED = 16;

  /// Whether an object that begins with `head` is of this kind.
  abstract boolean begins(ByteView head);

  /// The decompressed bytes of `packed`, all frames or members in a row.
  abstract InputStream stream(InputStream packed) throws IOException;

  @Override
  public Unpacking front(ByteSource packed) {
    return new FrontUnpacking(packed, toString(), this::stream);
  }

  @Override
  public Optional<Unpacking> byIndex(ByteSource packed) throws IOException {
    return Optional.empty();
  }

  /// What an object is packed with, judged by its first bytes.
  static Optional<Compression> of(ByteView head) {
    for (Compression kind : values()) {
      if (kind.begins(head)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// What an object is packed with. A skippable frame at its front may be zstd's or LZ4's: the
  /// frame behind it tells.
  static Optional<Compression> of(ByteSource source) throws IOException {
    ByteView head = source.read(0, TELLING_BYTES);
    long at = 0;
    for (int skipped = 0; isSkippable(head) && skipped < MOST_SKIPPED; skipped++) {
      at += 8 + head.u32(4);
      ByteView next = source.read(at, TELLING_BYTES);
      if (next.length() < TELLING_BYTES) {
        break;
      }
      head = next;
    }
    return of(head);
  }

  private static boolean isSkippable(ByteView head) {
    return head.length() >= TELLING_BYTES && (head.u32(0) & 0xffff_fff0L) == 0x184d_2a50L;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
