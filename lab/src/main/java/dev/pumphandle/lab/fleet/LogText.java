package dev.pumphandle.lab.fleet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How loggers write moments; all clocks are UTC.
final class LogText {

  /// Source: rsyslog, RSYSLOG_FileFormat.
  private static final DateTimeFormatter SYSLOG =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// Source: google/glog src/logging.cc, LogMessage::Init(), since 0.6 with the year.
  private static final DateTimeFormatter GLOG =
      DateTimeFormatter.ofPattern("uuuuMMdd HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private LogText() {}

  static String syslog(Instant at) {
    return SYSLOG.format(at);
  }

  static String glog(Instant at) {
    return GLOG.format(at);
  }
}
