package dev.pumphandle.stores.s3;

import dev.pumphandle.stores.bucket.BucketFailure;
import dev.pumphandle.stores.bucket.BucketFailure.Kind;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// What AWS's exceptions mean.
///
/// Source: Amazon S3 API Reference, "Error responses", list of error codes.
final class S3Failures {
  private S3Failures() {}

  static BucketFailure explain(Exception problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException known) {
        return byCode(known);
      }
      if (cause instanceof UnknownHostException) {
        return new BucketFailure(
            Kind.NO_BUCKET, "no such host " + cause.getMessage(), Optional.empty(), problem);
      }
      if (cause instanceof SdkClientException
          && String.valueOf(cause.getMessage()).startsWith("Unable to load credentials")) {
        return new BucketFailure(
            Kind.CREDENTIALS,
            "no credentials for AWS were found (environment, profile, web identity, container,"
                + " instance)",
            Optional.empty(),
            problem);
      }
    }
    // A listing that was cut short on its way says no more than that.
    if (String.valueOf(problem.getMessage()).startsWith("Could not parse XML response")) {
      return new BucketFailure(Kind.LENGTH, "the answer was cut short", Optional.empty(), problem);
    }
    return BucketFailure.onTheWay(problem);
  }

  private static BucketFailure byCode(AwsServiceException problem) {
    AwsErrorDetails details = problem.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    Kind kind = kind(code, problem.statusCode());
    String what =
        switch (kind) {
          case NO_BUCKET -> "no such bucket";
          case GONE -> "no such object";
          case CHANGED -> "another version than was listed";
          case WITHHELD -> "cannot be read as it is stored";
          case CREDENTIALS -> "the credential was refused";
          case FORBIDDEN -> "permission denied";
          case THROTTLED -> "throttled";
          default -> "the store failed";
        };
    return new BucketFailure(
        kind,
        what + " (" + problem.statusCode() + (code.isEmpty() ? "" : " " + code) + ")",
        wait(details),
        problem);
  }

  private static Kind kind(String code, int status) {
    return switch (code) {
      case "NoSuchBucket", "InvalidBucketName" -> Kind.NO_BUCKET;
      case "NoSuchKey" -> Kind.GONE;
      case "ExpiredToken",
          "TokenRefreshRequired",
          "InvalidToken",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "RequestTimeTooSkewed",
          "RequestExpired" ->
          Kind.CREDENTIALS;
      case "RequestTimeout" -> Kind.TIMEOUT;
      case "SlowDown", "RequestLimitExceeded", "ServiceUnavailable", "Throttling" -> Kind.THROTTLED;
      case "InternalError" -> Kind.SERVER;
      case "InvalidObjectState" -> Kind.WITHHELD; // in Glacier, and not restored
      default -> BucketFailure.ofStatus(status);
    };
  }

  private static Optional<Duration> wait(
      @org.jspecify.annotations.Nullable AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return Optional.empty();
    }
    return BucketFailure.retryAfter(details.sdkHttpResponse().firstMatchingHeader("Retry-After"));
  }
}
