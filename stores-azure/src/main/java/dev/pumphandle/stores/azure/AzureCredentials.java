package dev.pumphandle.stores.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.util.Configuration;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who we are to Azure. The variables are those that Azure's own command line reads, in its order;
/// without any, [com.azure.identity.DefaultAzureCredential] finds a service principal, a workload
/// or managed identity, or whoever is logged in.
///
/// Source: Azure CLI 2.6x, `az storage` global parameters: AZURE_STORAGE_CONNECTION_STRING,
/// AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, AZURE_STORAGE_ACCOUNT,
/// AZURE_STORAGE_SERVICE_ENDPOINT.
final class AzureCredentials {
  private static final Pattern ACCOUNT =
      Pattern.compile("(?:^|;)\\s*AccountName=([^;]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DEVELOPMENT =
      Pattern.compile("(?:^|;)\\s*UseDevelopmentStorage=true", Pattern.CASE_INSENSITIVE);
  private static final Pattern BLOB_HOST =
      Pattern.compile("(?:^|;)\\s*BlobEndpoint=https?://([a-z0-9-]+)\\.", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> environment;
  private final boolean anonymous;

  AzureCredentials(Map<String, String> environment, boolean anonymous) {
    this.environment = Map.copyOf(environment);
    this.anonymous = anonymous;
  }

  /// A builder of clients of one account, with fresh credentials and without retries of its own.
  ///
  /// @param endpoint where the account is found; empty where that is not given
  BlobServiceClientBuilder builder(HttpClient http, String account, String endpoint) {
    BlobServiceClientBuilder builder =
        new BlobServiceClientBuilder()
            .httpClient(http)
            // What our own environment says is read here, not in the SDK.
            .configuration(Configuration.NONE)
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.FIXED, 1, (Integer) null, null, null, null));
    Optional<String> connection = set("AZURE_STORAGE_CONNECTION_STRING").filter(of(account));
    if (connection.isPresent()) {
      builder.connectionString(connection.get());
      return endpoint.isEmpty() ? builder : builder.endpoint(endpoint);
    }
    builder.endpoint(
        endpoint.isEmpty()
            ? set("AZURE_STORAGE_SERVICE_ENDPOINT")
                .orElse("https://" + account + ".blob.core.windows.net")
            : endpoint);
    Optional<String> signature = set("AZURE_STORAGE_SAS_TOKEN");
    Optional<String> key =
        set("AZURE_STORAGE_KEY")
            .filter(_ -> set("AZURE_STORAGE_ACCOUNT").orElse(account).equals(account));
    if (anonymous) {
      return builder;
    }
    if (key.isPresent()) {
      return builder.credential(new StorageSharedKeyCredential(account, key.get()));
    }
    if (signature.isPresent()) {
      return builder.sasToken(signature.get().replaceFirst("^\\?", ""));
    }
    return builder.credential(new DefaultAzureCredentialBuilder().httpClient(http).build());
  }

  /// Whether a connection string is of an account: one that is of another must not be used.
  private static java.util.function.Predicate<String> of(String account) {
    return connection -> {
      if (DEVELOPMENT.matcher(connection).find()) {
        return account.equals("devstoreaccount1");
      }
      Matcher named = ACCOUNT.matcher(connection);
      if (named.find()) {
        return named.group(1).equals(account);
      }
      Matcher host = BLOB_HOST.matcher(connection);
      return host.find() && host.group(1).equals(account);
    };
  }

  private Optional<String> set(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }
}
