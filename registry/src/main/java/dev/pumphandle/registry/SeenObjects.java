package dev.pumphandle.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The object versions that need not be read again, in 32 bytes each however long their names are.
///
/// Each is known by 128 bits of a SHA-256: among ten million, the chance that any two agree is
/// below
/// 10^-24, so no object is passed over by mistake.
public final class SeenObjects {

  private long[] table = new long[2048];
  private int size;

  /// Adds one. Not safe for several threads; reading afterwards is.
  void add(String uri, String version) {
    if (size * 4 >= table.length) {
      grow();
    }
    ByteBuffer key = key(uri, version);
    put(key.getLong(0), key.getLong(8));
  }

  /// Whether this version of this object stands in the line list.
  public boolean contains(String uri, String version) {
    ByteBuffer key = key(uri, version);
    long high = key.getLong(0);
    long low = key.getLong(8);
    int at = slot(high);
    while ((table[at] | table[at + 1]) != 0) {
      if (table[at] == high && table[at + 1] == low) {
        return true;
      }
      at = next(at);
    }
    return false;
  }

  /// How many there are.
  public int size() {
    return size;
  }

  private void put(long high, long low) {
    int at = slot(high);
    while ((table[at] | table[at + 1]) != 0) {
      if (table[at] == high && table[at + 1] == low) {
        return;
      }
      at = next(at);
    }
    table[at] = high;
    table[at + 1] = low;
    size++;
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    size = 0;
    for (int i = 0; i < old.length; i += 2) {
      if ((old[i] | old[i + 1]) != 0) {
        put(old[i], old[i + 1]);
      }
    }
  }

  private int slot(long hash) {
    return ((int) hash & (table.length / 2 - 1)) * 2;
  }

  private int next(int at) {
    return (at + 2) & (table.length - 1);
  }

  private static ByteBuffer key(String uri, String version) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(uri.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return ByteBuffer.wrap(digest.digest(version.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
