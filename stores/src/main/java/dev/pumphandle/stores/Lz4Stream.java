package dev.pumphandle.stores;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;

/// LZ4 frames, one after the other: independent and linked blocks, with and without checksums,
/// skippable frames, and the legacy format.
///
/// A stream that is cut or broken yields everything up to there, also the beginning of the block
/// that is cut, and then the reason as an exception.
///
/// Source: lz4 v1.10.0 doc/lz4_Frame_format.md ("General Structure", "Skippable Frames", "Legacy
/// frame").
///
/// Folklore: systemd-coredump links its blocks, which is the library's default and which lz4-java's
/// own frame stream refuses. Seen in systemd v257 src/basic/compress.c, compress_stream_lz4(),
/// whose preferences leave `blockMode` at LZ4F_blockLinked. Test: `lz4OfLinkedBlocks`.
final class Lz4Stream extends InputStream {
  private static final int MAGIC = 0x184d_2204;
  private static final int LEGACY = 0x184c_2102;
  private static final int LEGACY_BLOCK = 8 << 20;

  private final InputStream packed;
  private final Lz4Window window = new Lz4Window();
  private final StreamingXXHash32 content = XXHashFactory.safeInstance().newStreamingHash32(0);
  private byte[] block = new byte[0];
  private boolean inFrame;
  private boolean legacy;
  private boolean linked;
  private boolean blockChecksums;
  private boolean contentChecksum;
  private int largestBlock;
  private boolean over;
  private @Nullable IOException broken;

  /// A stream over packed bytes that begin with a frame.
  Lz4Stream(InputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (!window.hasMore()) {
      IOException problem = broken;
      if (problem != null) {
        throw problem;
      }
      if (over) {
        return -1;
      }
      try {
        advance();
      } catch (IOException e) {
        // What the block gave before it broke is handed out first.
        broken = e;
      }
    }
    return window.take(target, from, length);
  }

  private void advance() throws IOException {
    if (inFrame) {
      block();
    } else {
      frame();
    }
  }

  private void frame() throws IOException {
    byte[] four = new byte[4];
    int count = packed.readNBytes(four, 0, 4);
    if (count == 0) {
      over = true;
      return;
    }
    if (count < 4) {
      throw new EOFException("cut inside a frame's magic number");
    }
    begin(word(four, 0));
  }

  private void begin(int magic) throws IOException {
    if (magic == MAGIC) {
      descriptor();
    } else if (magic == LEGACY) {
      legacy = true;
      linked = false;
      blockChecksums = false;
      contentChecksum = false;
      largestBlock = LEGACY_BLOCK;
      inFrame = true;
    } else if ((magic & 0xffff_fff0) == 0x184d_2a50) {
      packed.skipNBytes(u32() & 0xffff_ffffL);
    } else {
      throw new IOException(
          "expected the magic number of a frame, found 0x" + Integer.toHexString(magic));
    }
  }

  private void descriptor() throws IOException {
    int flags = u8();
    int sizes = u8();
    if (flags >>> 6 != 1 || sizes >>> 4 < 4 || sizes >>> 4 > 7) {
      throw new IOException(
          "expected version 1 and a block size of 4 to 7, found " + flags + ", " + sizes);
    }
    if ((flags & 1) != 0) {
      throw new IOException("expected no dictionary, found one");
    }
    legacy = false;
    linked = (flags & 0x20) == 0;
    blockChecksums = (flags & 0x10) != 0;
    contentChecksum = (flags & 4) != 0;
    largestBlock = 1 << (8 + 2 * (sizes >>> 4));
    packed.skipNBytes((flags & 8) == 0 ? 1 : 9); // content size, header checksum
    content.reset();
    window.forget();
    inFrame = true;
  }

  private void block() throws IOException {
    byte[] four = new byte[4];
    int count = packed.readNBytes(four, 0, 4);
    if (legacy && count == 0) {
      inFrame = false;
      return;
    }
    if (count < 4) {
      throw new EOFException("cut between two blocks");
    }
    int size = word(four, 0);
    if (legacy && Integer.compareUnsigned(size, LEGACY_BLOCK + LEGACY_BLOCK / 255 + 16) > 0) {
      inFrame = false;
      begin(size);
      return;
    }
    if (size == 0 && !legacy) {
      end();
      return;
    }
    block(size & 0x7fff_ffff, size < 0);
  }

  private void block(int size, boolean stored) throws IOException {
    if (size > largestBlock + largestBlock / 255 + 16) {
      throw new IOException(
          "expected a block of at most " + largestBlock + " bytes, found " + size);
    }
    if (block.length < size) {
      block = new byte[size];
    }
    int got = packed.readNBytes(block, 0, size);
    window.next(largestBlock, linked);
    if (stored) {
      window.store(block, got);
    } else {
      window.unpack(block, got);
    }
    if (got < size) {
      throw new EOFException("cut inside a block");
    }
    if (window.broken()) {
      throw new IOException("a block is corrupt");
    }
    if (blockChecksums && u32() != XXHashFactory.safeInstance().hash32().hash(block, 0, size, 0)) {
      throw new IOException("a block's checksum is wrong");
    }
    if (contentChecksum) {
      window.hash(content);
    }
  }

  private void end() throws IOException {
    inFrame = false;
    if (contentChecksum && u32() != content.getValue()) {
      throw new IOException("the checksum of the content is wrong");
    }
  }

  private int u8() throws IOException {
    int value = packed.read();
    if (value < 0) {
      throw new EOFException("cut inside a frame's header");
    }
    return value;
  }

  private int u32() throws IOException {
    byte[] four = new byte[4];
    if (packed.readNBytes(four, 0, 4) < 4) {
      throw new EOFException("cut inside a number");
    }
    return word(four, 0);
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }
}
