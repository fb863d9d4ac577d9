package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.LayeredSource;
import dev.pumphandle.corefile.MeteredSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// The bytes of a core in an object, unpacked where they are packed, with what they cost from the
/// moment it was opened.
class OpenedObject implements LayeredSource {
  private final MeteredSource raw;
  private final ByteSource content;
  private final long bytesBefore;
  private final int fetchesBefore;

  /// @param raw where everything comes from
  /// @param content closed with this
  /// @param bytesBefore what was fetched for others (bytes)
  /// @param fetchesBefore how often
  OpenedObject(MeteredSource raw, ByteSource content, long bytesBefore, int fetchesBefore) {
    this.raw = raw;
    this.content = content;
    this.bytesBefore = bytesBefore;
    this.fetchesBefore = fetchesBefore;
  }

  @Override
  public String name() {
    return content.name();
  }

  @Override
  public long length() throws IOException {
    return content.length();
  }

  @Override
  public OptionalLong knownLength() throws IOException {
    return content.knownLength();
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    return content.read(offset, length);
  }

  @Override
  public long bytesFetched() {
    return raw.bytesRead() - bytesBefore;
  }

  @Override
  public int fetches() {
    return raw.requests() - fetchesBefore;
  }

  @Override
  public Optional<String> shortfall() {
    return StreamedSource.shortfallOf(content);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
