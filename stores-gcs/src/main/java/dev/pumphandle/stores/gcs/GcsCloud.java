package dev.pumphandle.stores.gcs;

import dev.pumphandle.stores.bucket.BucketPlace;
import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.KeyUri;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Google Cloud Storage: `gs://bucket/prefix`.
///
/// Credentials are Google's "application default": a key file, workload identity, whoever is logged
/// in, or the machine's own account. An emulator named by STORAGE_EMULATOR_HOST is asked without
/// any.
public final class GcsCloud implements Cloud {
  private static final Pattern PLACE = Pattern.compile("gs://([^/]+)(?:/(.*))?");

  private final String endpoint;
  private final boolean anonymous;
  private final Map<String, GcsBucket> buckets = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(threads)
          .build();

  /// The buckets that this process may read.
  ///
  /// @param environment the environment variables: STORAGE_EMULATOR_HOST
  /// @param endpoint where the service is, instead of Google's own address
  /// @param anonymous whether to read without any credential
  public GcsCloud(Map<String, String> environment, Optional<String> endpoint, boolean anonymous) {
    Optional<String> emulator =
        Optional.ofNullable(environment.get("STORAGE_EMULATOR_HOST"))
            .filter(text -> !text.isBlank())
            .map(text -> text.contains("://") ? text : "http://" + text);
    this.endpoint =
        endpoint
            .or(() -> emulator)
            .orElse("https://storage.googleapis.com")
            .replaceFirst("/+$", "");
    this.anonymous = anonymous || emulator.isPresent();
  }

  @Override
  public boolean knows(String place) {
    return place.startsWith("gs://");
  }

  @Override
  public BucketPlace place(String place) throws IOException {
    Matcher found = PLACE.matcher(place);
    if (!found.matches()) {
      throw new IOException(place + ": expected gs://bucket/prefix");
    }
    String name = found.group(1);
    GcsBucket bucket =
        buckets.computeIfAbsent(
            name, _ -> new GcsBucket(http, endpoint, name, new GcsCredentials(anonymous)));
    String rest = found.group(2);
    return new BucketPlace(bucket, KeyUri.decoded(rest == null ? "" : rest));
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
