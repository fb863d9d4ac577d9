package dev.pumphandle.stores.s3;

import dev.pumphandle.stores.bucket.BucketPlace;
import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.KeyUri;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Amazon S3 and what speaks its protocol: `s3://bucket/prefix`.
///
/// Credentials are found by the SDK's own chain: environment, profile, web identity (IRSA),
/// container, instance.
public final class S3Cloud implements Cloud {
  private static final Pattern PLACE = Pattern.compile("s3://([^/]+)(?:/(.*))?");

  /// Connections kept open; a request beyond them waits for one.
  private static final int CONNECTIONS = 2048;

  private final Options options;
  private final Map<String, S3Bucket> buckets = new ConcurrentHashMap<>();
  private final SdkHttpClient http =
      ApacheHttpClient.builder()
          .maxConnections(CONNECTIONS)
          .connectionTimeout(Duration.ofSeconds(10))
          .socketTimeout(Duration.ofSeconds(60))
          .build();

  /// What may be said about a service.
  ///
  /// @param endpoint where it is, instead of Amazon's own address
  /// @param region of which region, instead of what the SDK finds
  /// @param anonymous whether to read without any credential
  public record Options(Optional<String> endpoint, Optional<String> region, boolean anonymous) {}

  /// The buckets that this process may read.
  ///
  /// @param environment the environment variables: AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL
  /// @param options what takes precedence over them
  public S3Cloud(Map<String, String> environment, Options options) {
    Optional<String> endpoint =
        options
            .endpoint()
            .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_S3")))
            .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
            .filter(text -> !text.isBlank());
    this.options = new Options(endpoint, options.region(), options.anonymous());
  }

  @Override
  public boolean knows(String place) {
    return place.startsWith("s3://");
  }

  @Override
  public BucketPlace place(String place) throws IOException {
    Matcher found = PLACE.matcher(place);
    if (!found.matches()) {
      throw new IOException(place + ": expected s3://bucket/prefix");
    }
    String name = found.group(1);
    S3Bucket bucket = buckets.computeIfAbsent(name, _ -> new S3Bucket(name, this::client));
    String rest = found.group(2);
    return new BucketPlace(bucket, KeyUri.decoded(rest == null ? "" : rest));
  }

  private S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .region(region())
            // A range has no checksum that could be compared.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .credentialsProvider(
                options.anonymous()
                    ? AnonymousCredentialsProvider.create()
                    : DefaultCredentialsProvider.builder().build());
    if (options.endpoint().isPresent()) {
      // Servers that are not Amazon's seldom have a host name for each bucket.
      builder.endpointOverride(URI.create(options.endpoint().get())).forcePathStyle(true);
    } else {
      builder.crossRegionAccessEnabled(true);
    }
    return builder.build();
  }

  private Region region() {
    return options
        .region()
        .map(Region::of)
        .orElseGet(
            () -> {
              try {
                return DefaultAwsRegionProviderChain.builder().build().getRegion();
              } catch (SdkClientException _) {
                // None is configured: the bucket's own is found by asking.
                return Region.US_EAST_1;
              }
            });
  }

  @Override
  public void close() {
    http.close();
  }
}
