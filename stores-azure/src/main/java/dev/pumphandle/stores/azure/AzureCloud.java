package dev.pumphandle.stores.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import dev.pumphandle.stores.bucket.BucketPlace;
import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.KeyUri;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Azure Blob Storage: `az://account/container/prefix`, and
/// `https://account.blob.core.windows.net/container/prefix` for the same.
///
/// Objects are called `az://account/container/name` either way, so that one core is one row.
public final class AzureCloud implements Cloud {
  private static final Pattern SHORT = Pattern.compile("az://([^/]+)/([^/]+)(?:/(.*))?");

  private static final Pattern LONG =
      Pattern.compile("https?://([a-z0-9-]+)\\.blob\\.([a-z0-9.-]+)/([^/]+)(?:/(.*))?");

  private final AzureCredentials credentials;
  private final Optional<String> endpoint;
  private final Map<String, AzureBucket> buckets = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;

  /// The accounts that this process may read.
  ///
  /// @param environment the environment variables
  /// @param endpoint where to find accounts, instead of Azure's own address; `{account}` stands for
  ///   the account
  /// @param anonymous whether to read without any credential
  public AzureCloud(Map<String, String> environment, Optional<String> endpoint, boolean anonymous) {
    this.credentials = new AzureCredentials(environment, anonymous);
    this.endpoint = endpoint;
    this.http =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder()
                    .version(java.net.http.HttpClient.Version.HTTP_1_1))
            .executor(threads)
            .connectionTimeout(Duration.ofSeconds(10))
            .build();
  }

  @Override
  public boolean knows(String place) {
    return place.startsWith("az://")
        || place.matches("https?://[a-z0-9-]+\\.blob\\.[a-z0-9.-]+(/.*)?");
  }

  @Override
  public BucketPlace place(String place) throws IOException {
    if (place.startsWith("http")) {
      return byAddress(place);
    }
    Matcher found = SHORT.matcher(place);
    if (!found.matches()) {
      throw new IOException(place + ": expected az://account/container/prefix");
    }
    return placed(found.group(1), found.group(2), found.group(3), endpoint);
  }

  private BucketPlace byAddress(String place) throws IOException {
    int query = place.indexOf('?');
    if (query >= 0) {
      throw new IOException(
          place.substring(0, query)
              + ": expected no query: a signature on the command line is there for all to read;"
              + " put it into AZURE_STORAGE_SAS_TOKEN");
    }
    Matcher found = LONG.matcher(place);
    if (!found.matches()) {
      throw new IOException(
          place + ": expected https://account.blob.core.windows.net/container/prefix");
    }
    String address = "https://" + found.group(1) + ".blob." + found.group(2);
    return placed(
        found.group(1), found.group(3), found.group(4), endpoint.or(() -> Optional.of(address)));
  }

  private BucketPlace placed(
      String account,
      String container,
      @org.jspecify.annotations.Nullable String rest,
      Optional<String> address) {
    String where = address.map(text -> text.replace("{account}", account)).orElse("");
    AzureBucket bucket =
        buckets.computeIfAbsent(
            account + "/" + container,
            _ -> new AzureBucket(credentials, http, account, container, where));
    return new BucketPlace(bucket, KeyUri.decoded(rest == null ? "" : rest));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
