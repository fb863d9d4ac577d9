package dev.pumphandle.fieldwork.log;

import dev.pumphandle.fieldwork.Examination;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// Makes a row of the line list of a sighting.
///
/// The row's object is the place in the log: its line, and a digest of what that line says, so that
/// the same report read again is the same row, and another one that stands in its place after a log
/// was rotated is not.
final class LogRow {

  private final LogSource source;
  private final String version;

  LogRow(LogSource source, String version) {
    this.source = source;
    this.version = version;
  }

  CaseRow of(Sighting sighting) {
    CaseRow.Builder row = sighting.finished();
    String uri =
        source.uri() + "#L" + sighting.line() + "-" + digest(sighting.opening()).substring(0, 8);
    long bytes = sighting.told().getBytes(StandardCharsets.UTF_8).length;
    return row.put(IdentityColumns.CASE_ID, Examination.caseId(uri))
        .put(IdentityColumns.OBJECT_URI, uri)
        .put(IdentityColumns.OBJECT_BYTES, bytes)
        .put(IdentityColumns.OBJECT_VERSION, Long.toHexString(sighting.fingerprint()))
        .put(IdentityColumns.READ_STATE, "complete")
        .put(IdentityColumns.COLLECTED_AT, Instant.now())
        .put(IdentityColumns.PUMPHANDLE_VERSION, version)
        .build();
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
