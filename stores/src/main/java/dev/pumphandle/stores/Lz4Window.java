package dev.pumphandle.stores;

import java.util.Arrays;
import net.jpountz.xxhash.StreamingXXHash32;

/// What one LZ4 block unpacks to, behind the 64 KiB before it that its matches may copy from.
///
/// Source: lz4 v1.10.0 doc/lz4_Block_format.md: a token, literals, a match of at least four bytes
/// at a distance of 1 to 65,535; the last sequence has literals only.
final class Lz4Window {
  private static final int HISTORY = 1 << 16;

  private byte[] bytes = new byte[0];
  private int begin; // where history ends and the block begins
  private int oldest; // before this there is nothing to copy from
  private int end;
  private int taken;
  private boolean broken;

  /// Whether the block has bytes that nobody took yet.
  boolean hasMore() {
    return taken < end;
  }

  int take(byte[] target, int from, int length) {
    int count = Math.min(length, end - taken);
    System.arraycopy(bytes, taken, target, from, count);
    taken += count;
    return count;
  }

  /// Whether the block made no sense from some byte on.
  boolean broken() {
    return broken;
  }

  /// A new frame begins: nothing before it may be copied from.
  void forget() {
    oldest = end;
  }

  /// Makes room for a block of at most `size` bytes.
  ///
  /// @param linked whether it may copy from what stands before it
  void next(int size, boolean linked) {
    int kept = linked ? Math.min(HISTORY, end - oldest) : 0;
    byte[] room = bytes.length < HISTORY + size ? new byte[HISTORY + size] : bytes;
    System.arraycopy(bytes, end - kept, room, HISTORY - kept, kept);
    bytes = room;
    begin = HISTORY;
    oldest = HISTORY - kept;
    end = HISTORY;
    taken = HISTORY;
    broken = false;
  }

  /// A block that is not packed.
  void store(byte[] block, int length) {
    int count = Math.min(length, bytes.length - begin);
    System.arraycopy(block, 0, bytes, begin, count);
    end = begin + count;
  }

  /// Adds the block to a checksum.
  void hash(StreamingXXHash32 hash) {
    hash.update(bytes, begin, end - begin);
  }

  /// Unpacks a block, or as much of it as makes sense.
  void unpack(byte[] block, int length) {
    int at = 0;
    while (at < length) {
      int token = block[at++] & 0xff;
      int literals = token >>> 4;
      if (literals == 15) {
        int next = 255;
        while (next == 255 && at < length) {
          next = block[at++] & 0xff;
          literals += next;
        }
      }
      int count = Math.min(literals, length - at);
      if (literals < 0 || count > bytes.length - end) {
        broken = true;
        return;
      }
      System.arraycopy(block, at, bytes, end, count);
      at += count;
      end += count;
      if (count < literals || at + 2 > length) {
        return; // the last sequence, or a block that is cut
      }
      int distance = (block[at] & 0xff) | (block[at + 1] & 0xff) << 8;
      at += 2;
      int match = (token & 15) + 4;
      if ((token & 15) == 15) {
        int next = 255;
        while (next == 255 && at < length) {
          next = block[at++] & 0xff;
          match += next;
        }
      }
      if (distance == 0 || distance > end - oldest || match < 0 || match > bytes.length - end) {
        broken = true;
        return;
      }
      copy(distance, match);
    }
  }

  private void copy(int distance, int match) {
    if (distance >= match) {
      System.arraycopy(bytes, end - distance, bytes, end, match);
    } else if (distance == 1) {
      Arrays.fill(bytes, end, end + match, bytes[end - 1]);
    } else {
      for (int i = 0; i < match; i++) {
        bytes[end + i] = bytes[end + i - distance];
      }
    }
    end += match;
  }
}
