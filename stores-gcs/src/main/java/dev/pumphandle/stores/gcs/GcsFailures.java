package dev.pumphandle.stores.gcs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.bucket.BucketFailure;
import dev.pumphandle.stores.bucket.BucketFailure.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;

/// What the JSON API's errors mean.
///
/// Source: Cloud Storage JSON API, "HTTP status and error codes for JSON".
final class GcsFailures {
  private GcsFailures() {}

  static BucketFailure of(int status, ByteView body, Optional<String> retryAfter, Kind missing) {
    String reason = reason(body);
    Kind kind =
        switch (reason) {
          case "rateLimitExceeded", "userRateLimitExceeded" -> Kind.THROTTLED;
          case "authError" -> Kind.CREDENTIALS;
          default -> status == 404 ? missing : BucketFailure.ofStatus(status);
        };
    String what =
        switch (kind) {
          case NO_BUCKET -> "no such bucket";
          case GONE -> "no such object";
          case CHANGED -> "another generation than was listed";
          case CREDENTIALS -> "the credential was refused";
          case FORBIDDEN -> "permission denied";
          case THROTTLED -> "throttled";
          default -> "the store failed";
        };
    return new BucketFailure(
        kind,
        what + " (" + status + (reason.isEmpty() ? "" : " " + reason) + ")",
        BucketFailure.retryAfter(retryAfter),
        new IOException("HTTP status " + status));
  }

  private static String reason(ByteView body) {
    try {
      JsonNode errors = new JsonMapper().readTree(body.toArray()).path("error").path("errors");
      return errors.path(0).path("reason").asText("");
    } catch (IOException _) {
      return ""; // not the API's own answer: something stands in between
    }
  }

  static BucketFailure explain(Exception problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof BucketFailure known) {
        return known;
      }
      if (cause instanceof UnknownHostException) {
        return new BucketFailure(
            Kind.NO_BUCKET, "no such host " + cause.getMessage(), Optional.empty(), problem);
      }
      if (cause instanceof JacksonException) {
        return new BucketFailure(Kind.SERVER, "the answer is no JSON", Optional.empty(), problem);
      }
    }
    return BucketFailure.onTheWay(problem);
  }
}
