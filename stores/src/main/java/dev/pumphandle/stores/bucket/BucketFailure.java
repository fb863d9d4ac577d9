package dev.pumphandle.stores.bucket;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// One request that failed, and what kind of failure it was: that decides what happens next, alike
/// for all clouds.
public final class BucketFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /// Longest wait that a server may ask for.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /// What went wrong.
  public enum Kind {
    /// Too many requests: 429, 503 SlowDown, 503 ServerBusy.
    THROTTLED,
    /// The store's own trouble: 5xx.
    SERVER,
    /// The connection broke, or none could be had.
    CONNECTION,
    /// It took too long.
    TIMEOUT,
    /// Fewer or more bytes came than were promised.
    LENGTH,
    /// We are not who we say, or no longer.
    CREDENTIALS,
    /// We are known, and may not.
    FORBIDDEN,
    /// There is no such object.
    GONE,
    /// There is no such bucket or account.
    NO_BUCKET,
    /// The object is another than was listed.
    CHANGED,
    /// The store cannot give this one object: it lies in an archive, or under another's key.
    WITHHELD,
    /// Anything else: asking again would not help.
    REFUSED
  }

  private final Kind kind;
  private final transient Optional<Duration> wait;

  /// A failure.
  ///
  /// @param kind what went wrong
  /// @param message in a clause, without any secret
  /// @param wait how long the store asks us to wait
  /// @param cause what the SDK threw
  public BucketFailure(Kind kind, String message, Optional<Duration> wait, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.wait = wait;
  }

  /// A failure that no SDK noticed.
  public BucketFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.wait = Optional.empty();
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }

  /// How long the store asks us to wait before the next request.
  public Optional<Duration> retryAfter() {
    return wait == null ? Optional.empty() : wait;
  }

  /// The kind that an HTTP status alone says; a cloud's own error codes may know better.
  public static Kind ofStatus(int status) {
    return switch (status) {
      case 401 -> Kind.CREDENTIALS;
      case 403 -> Kind.FORBIDDEN;
      case 404, 410 -> Kind.GONE;
      case 408 -> Kind.TIMEOUT;
      case 412 -> Kind.CHANGED;
      // The range begins past the end: the object has become shorter.
      case 416 -> Kind.CHANGED;
      case 429, 503 -> Kind.THROTTLED;
      default -> status >= 500 ? Kind.SERVER : Kind.REFUSED;
    };
  }

  /// A failure without an answer from the store: what broke on the way.
  public static BucketFailure onTheWay(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof BucketFailure known) {
        return known;
      }
      String said = String.valueOf(cause.getMessage());
      if (cause instanceof SocketTimeoutException
          || cause instanceof HttpTimeoutException
          || cause instanceof TimeoutException) {
        return new BucketFailure(Kind.TIMEOUT, "took too long", Optional.empty(), problem);
      }
      // The JDK's client says so where a body ends before its Content-Length does.
      if (cause instanceof EOFException || said.contains("bytes received")) {
        return new BucketFailure(
            Kind.LENGTH, "the answer was cut short", Optional.empty(), problem);
      }
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : said(cause);
        return new BucketFailure(
            Kind.CONNECTION, "the connection broke: " + why, Optional.empty(), problem);
      }
    }
    return new BucketFailure(
        Kind.REFUSED,
        problem.getClass().getSimpleName() + ": " + said(problem),
        Optional.empty(),
        problem);
  }

  /// What an exception says, in one line and without the query of any URL: a shared access
  /// signature or a signed request stands there.
  public static String said(Throwable problem) {
    String first = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return withoutSecrets(first);
  }

  /// A text without the queries of the URLs in it.
  public static String withoutSecrets(String text) {
    return text.replaceAll("\\?[^\\s\"'<>]*=[^\\s\"'<>]*", "?…")
        .replaceAll(
            "(?i)(sig|signature|accountkey|sharedaccesssignature|token)=[^\\s&;,]+", "$1=…");
  }

  /// What a `Retry-After` header asks for: seconds, or a date.
  ///
  /// Source: RFC 9110 §10.2.3.
  public static Optional<Duration> retryAfter(Optional<String> header) {
    return header.flatMap(BucketFailure::waiting);
  }

  private static Optional<Duration> waiting(String header) {
    Duration asked;
    if (header.matches("\\d{1,9}")) {
      asked = Duration.ofSeconds(Long.parseLong(header));
    } else {
      try {
        Instant until =
            ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        asked = Duration.between(Instant.now(), until);
      } catch (DateTimeException _) {
        return Optional.empty();
      }
    }
    if (asked.isNegative()) {
      return Optional.empty();
    }
    return Optional.of(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
  }
}
