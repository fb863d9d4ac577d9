package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One mapping of the forged process, with the bytes that were put into it.
///
/// Only touched pages take memory, so that a stack of 8 MB or a heap of 16 GB with one word in it
/// is cheap. What was never written reads as
/// zero as far as the region is dumped ([#dumped]); what lies behind that is not in the core at
/// all.
public final class Region {

  /// The page size of everything we forge (bytes).
  public static final int PAGE = 4096;

  private final long from;
  private final long size;
  private final TreeMap<Long, byte[]> pages = new TreeMap<>();
  private final List<Field> fields = new ArrayList<>();
  private String permissions = "rw-";
  private String path = "";
  private long fileOffset;
  private long dumped;

  private Region(long from, long size) {
    this.from = from;
    this.size = size;
    this.dumped = size;
  }

  /// A region of `size` bytes at `from`, readable and writable, wholly dumped.
  public static Region at(long from, long size) {
    return new Region(from, size);
  }

  /// Permissions as in /proc/PID/maps, for example `r-x`.
  public Region permissions(String rwx) {
    permissions = rwx;
    return this;
  }

  /// The file that is mapped here, and from which of its bytes on.
  public Region file(String mappedPath, long offset) {
    path = mappedPath;
    fileOffset = offset;
    return this;
  }

  /// How many of the first bytes the kernel dumped (p_filesz).
  public Region dumped(long bytes) {
    dumped = bytes;
    return this;
  }

  /// Writes eight bytes at an address.
  public Region word(long address, long value) {
    return blob("", address, new Blob().u64(value));
  }

  /// Writes bytes at an address.
  public Region bytes(long address, byte[] more) {
    return blob("", address, new Blob().bytes(more));
  }

  /// Writes a text and its closing zero at an address.
  public Region text(long address, String text) {
    return blob("", address, new Blob().cString(text));
  }

  /// Writes a structure at an address; its numbers get names under `prefix`, none when that is
  /// empty.
  public Region blob(String prefix, long address, Blob blob) {
    long at = address - from;
    if (at < 0 || at + blob.size() > size)
      throw new IllegalArgumentException(
          "0x%x (%d bytes) is outside 0x%x-0x%x".formatted(address, blob.size(), from, to()));
    byte[] bytes = blob.toArray();
    for (int done = 0; done < bytes.length; ) {
      long page = (at + done) / PAGE;
      int inPage = (int) ((at + done) % PAGE);
      int n = Math.min(PAGE - inPage, bytes.length - done);
      System.arraycopy(bytes, done, pages.computeIfAbsent(page, _ -> new byte[PAGE]), inPage, n);
      done += n;
    }
    if (!prefix.isEmpty()) blob.fields().forEach(f -> fields.add(f.moved(prefix, at)));
    return this;
  }

  /// First address.
  public long from() {
    return from;
  }

  /// First address behind it (0 for a region that ends the address space).
  public long to() {
    return from + size;
  }

  /// Size (bytes).
  public long size() {
    return size;
  }

  /// Path of the mapped file, empty for none.
  public String path() {
    return path;
  }

  /// Where in that file the mapping starts (bytes).
  public long fileOffset() {
    return fileOffset;
  }

  /// How many bytes are in the core.
  public long dumped() {
    return dumped;
  }

  /// Does an address lie in it?
  public boolean covers(long address) {
    return Long.compareUnsigned(address - from, size) < 0;
  }

  /// Bytes of the living process: what was never written is zero, dumped or not.
  ///
  /// @throws IllegalArgumentException where not all of them lie in it
  byte[] read(long address, int count) {
    long at = address - from;
    if (at < 0 || at + count > size)
      throw new IllegalArgumentException(
          "0x%x (%d bytes) is outside 0x%x-0x%x".formatted(address, count, from, to()));
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      byte[] page = pages.get((at + i) / PAGE);
      if (page != null) bytes[i] = page[(int) ((at + i) % PAGE)];
    }
    return bytes;
  }

  /// Permissions as in /proc/PID/maps.
  String permissions() {
    return permissions;
  }

  /// ELF segment flags: 4 read, 2 write, 1 execute.
  int flags() {
    return (permissions.charAt(0) == 'r' ? 4 : 0)
        | (permissions.charAt(1) == 'w' ? 2 : 0)
        | (permissions.charAt(2) == 'x' ? 1 : 0);
  }

  Map<Long, byte[]> pages() {
    return pages;
  }

  /// Named numbers that are really in the core, relative to the region.
  List<Field> fields() {
    return fields.stream().filter(f -> f.offset() + f.width() <= dumped).toList();
  }
}
