package dev.pumphandle.app.collect;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.registry.StoreSettings;
import dev.pumphandle.stores.Listed;
import dev.pumphandle.stores.LocalFiles;
import dev.pumphandle.stores.RangeCache;
import dev.pumphandle.stores.Store;
import dev.pumphandle.stores.azure.AzureCloud;
import dev.pumphandle.stores.bucket.BucketStore;
import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.Patience;
import dev.pumphandle.stores.bucket.Requests;
import dev.pumphandle.stores.bucket.Traffic;
import dev.pumphandle.stores.gcs.GcsCloud;
import dev.pumphandle.stores.s3.S3Cloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every place that can be collected from: files of this machine, and the object stores of three
/// clouds, which share one budget of requests and bytes in flight.
///
/// A cloud's SDK is loaded when the first place of that cloud is named, and not before.
public final class Places implements Store, AutoCloseable {
  /// What answers on their way may measure together (bytes).
  private static final long BYTES_IN_FLIGHT = 64L << 20;

  private static final Pattern URI = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*");

  private final LocalFiles files;
  private final Map<String, String> environment;
  private final StoreSettings settings;
  private final Requests requests;
  private final Optional<RangeCache> cache;
  private final List<Cloud> clouds = new ArrayList<>();
  private final List<BucketStore> buckets = new ArrayList<>();

  /// The places that can be reached from here.
  ///
  /// @param directory what relative paths are relative to
  /// @param environment the environment variables
  /// @param settings where object stores are
  /// @param jobs how many requests may be on their way at once
  /// @param bounds what they may cost
  /// @throws IOException where the cache's directory cannot be used
  public Places(
      Path directory,
      Map<String, String> environment,
      StoreSettings settings,
      int jobs,
      Bounds bounds)
      throws IOException {
    this.files = new LocalFiles(directory);
    this.cache =
        bounds.cache().isPresent()
            ? Optional.of(RangeCache.open(bounds.cache().get(), bounds.cacheBytes()))
            : Optional.empty();
    this.environment = Map.copyOf(environment);
    this.settings = settings;
    this.requests = new Requests(Patience.USUAL, jobs, BYTES_IN_FLIGHT, bounds.pace());
  }

  /// Whether a place lies beyond this machine.
  public static boolean isRemote(String place) {
    return !place.startsWith("file:") && URI.matcher(place).matches();
  }

  /// What was asked of object stores.
  public Traffic.Snapshot traffic() {
    return requests.traffic().now();
  }

  @Override
  public Stream<Listed> list(String place) throws IOException {
    return store(place).list(place);
  }

  @Override
  public Stream<Listed> list(String place, Optional<Instant> since) throws IOException {
    return store(place).list(place, since);
  }

  @Override
  public String nameBelow(String place, String uri) throws IOException {
    return store(place).nameBelow(place, uri);
  }

  private Store store(String place) {
    return isRemote(place) ? remote(place) : files;
  }

  private synchronized Store remote(String place) {
    for (BucketStore known : buckets) {
      if (known.knows(place)) {
        return known;
      }
    }
    Cloud cloud = cloud(place);
    clouds.add(cloud);
    BucketStore store = new BucketStore(cloud, requests, cache);
    buckets.add(store);
    return store;
  }

  private Cloud cloud(String place) {
    return switch (place.substring(0, place.indexOf(':'))) {
      case "az", "https", "http" ->
          known(place, new AzureCloud(environment, settings.azureEndpoint(), anonymous("az")));
      case "s3" ->
          new S3Cloud(
              environment,
              new S3Cloud.Options(settings.s3Endpoint(), settings.s3Region(), anonymous("s3")));
      case "gs" -> new GcsCloud(environment, settings.gcsEndpoint(), anonymous("gs"));
      case String _ -> throw unknown(place);
    };
  }

  private static Cloud known(String place, Cloud cloud) {
    if (!cloud.knows(place)) {
      cloud.close();
      throw unknown(place);
    }
    return cloud;
  }

  private static CommandException unknown(String place) {
    int query = place.indexOf('?');
    return CommandException.usage(
        (query < 0 ? place : place.substring(0, query))
            + ": expected a path, file:, az://account/container/prefix, s3://bucket/prefix,"
            + " gs://bucket/prefix or https://account.blob.core.windows.net/container/prefix");
  }

  private boolean anonymous(String scheme) {
    return settings.anonymous().contains(scheme);
  }

  @Override
  public void close() {
    requests.close();
    clouds.forEach(Cloud::close);
  }
}
