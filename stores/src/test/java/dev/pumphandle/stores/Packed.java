package dev.pumphandle.stores;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Bytes packed for tests, in every way that [Compression] knows.
final class Packed {
  private Packed() {}

  /// Half noise, half zeros, page by page: like a core.
  static byte[] content(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    byte[] noise = new byte[4096];
    for (int at = 0; at < length; at += 8192) {
      random.nextBytes(noise);
      System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, length - at));
    }
    return bytes;
  }

  static byte[] pack(Compression kind, byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    if (kind == Compression.ZSTD) {
      return Zstd.compress(plain);
    }
    try (OutputStream out = packer(kind, packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static OutputStream packer(Compression kind, OutputStream to) throws IOException {
    return switch (kind) {
      case ZSTD -> throw new AssertionError("packed whole");
      case GZIP -> new GZIPOutputStream(to);
      case XZ -> new XZOutputStream(to, new LZMA2Options(1));
      case LZ4 -> new LZ4FrameOutputStream(to, LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB);
      case BZIP2 -> new BZip2CompressorOutputStream(to);
    };
  }
}
