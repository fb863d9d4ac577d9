package dev.pumphandle.stores.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.identity.CredentialUnavailableException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.pumphandle.stores.bucket.BucketFailure;
import dev.pumphandle.stores.bucket.BucketFailure.Kind;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What Azure's exceptions mean.
///
/// Source: Blob service error codes, Common REST API error codes (Microsoft Learn).
final class AzureFailures {
  private AzureFailures() {}

  static BucketFailure explain(Exception problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case BlobStorageException known -> {
          return byCode(known);
        }
        case CredentialUnavailableException _, ClientAuthenticationException _ -> {
          return new BucketFailure(
              Kind.CREDENTIALS,
              "no credential for Azure serves: " + BucketFailure.said(cause),
              Optional.empty(),
              problem);
        }
        case HttpResponseException answered -> {
          return new BucketFailure(
              kind(answered.getResponse()),
              BucketFailure.said(answered),
              wait(answered.getResponse()),
              problem);
        }
        case UnknownHostException _ -> {
          return new BucketFailure(
              Kind.NO_BUCKET,
              "no such host " + cause.getMessage() + ": is the account's name right?",
              Optional.empty(),
              problem);
        }
        default -> {}
      }
    }
    return BucketFailure.onTheWay(problem);
  }

  private static BucketFailure byCode(BlobStorageException problem) {
    BlobErrorCode code = problem.getErrorCode();
    Kind kind = kind(code == null ? "" : code.toString(), problem.getStatusCode());
    String what =
        switch (kind) {
          case NO_BUCKET -> "no such container or account";
          case GONE -> "no such blob";
          case CHANGED -> "another version than was listed";
          case WITHHELD -> "cannot be read as it is stored";
          case CREDENTIALS -> "the credential was refused";
          case FORBIDDEN -> "permission denied";
          case THROTTLED -> "throttled";
          default -> "the store failed";
        };
    String told = code == null ? "" : " " + code;
    return new BucketFailure(
        kind,
        what + " (" + problem.getStatusCode() + told + ")",
        wait(problem.getResponse()),
        problem);
  }

  /// Whether a listing may have been refused only because it asked for index tags.
  static boolean perhapsForTags(BlobStorageException problem) {
    String code = String.valueOf(problem.getErrorCode());
    return code.startsWith("Authorization")
        || code.contains("NotSupported")
        || code.equals("InvalidQueryParameterValue");
  }

  private static Kind kind(String code, int status) {
    return switch (code) {
      case "ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled", "ResourceNotFound" ->
          Kind.NO_BUCKET;
      case "AuthenticationFailed",
          "InvalidAuthenticationInfo",
          "NoAuthenticationInformation",
          "ExpiredAuthenticationToken" ->
          Kind.CREDENTIALS;
      case "AccountBeingCreated", "OperationTimedOut", "InternalError" -> Kind.SERVER;
      case "ServerBusy" -> Kind.THROTTLED;
      case "BlobArchived",
          "BlobBeingRehydrated",
          "BlobUsesCustomerSpecifiedEncryption",
          "BlobDoesNotUseCustomerSpecifiedEncryption" ->
          Kind.WITHHELD;
      default -> BucketFailure.ofStatus(status);
    };
  }

  private static Kind kind(@Nullable HttpResponse answer) {
    return answer == null ? Kind.CONNECTION : BucketFailure.ofStatus(answer.getStatusCode());
  }

  private static Optional<java.time.Duration> wait(@Nullable HttpResponse answer) {
    return answer == null
        ? Optional.empty()
        : BucketFailure.retryAfter(
            Optional.ofNullable(answer.getHeaderValue(HttpHeaderName.RETRY_AFTER)));
  }
}
