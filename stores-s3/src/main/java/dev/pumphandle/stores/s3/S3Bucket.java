package dev.pumphandle.stores.s3;

import dev.pumphandle.stores.bucket.Bucket;
import dev.pumphandle.stores.bucket.BucketFailure;
import dev.pumphandle.stores.bucket.BucketObject;
import dev.pumphandle.stores.bucket.BucketPage;
import dev.pumphandle.stores.bucket.KeyUri;
import dev.pumphandle.stores.bucket.Ranged;
import dev.pumphandle.stores.bucket.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// One bucket. Its listing shows no metadata; what was written beside an object is told by its
/// first read.
final class S3Bucket implements Bucket {
  /// The most that S3 gives.
  ///
  /// Source: Amazon S3 API Reference, ListObjectsV2, `max-keys`.
  private static final int PAGE = 1000;

  private final String bucket;
  private final Supplier<S3Client> clients;
  private volatile @Nullable S3Client current;

  S3Bucket(String bucket, Supplier<S3Client> clients) {
    this.bucket = bucket;
    this.clients = clients;
  }

  /// Made when first needed: looking for a region may ask the machine's own metadata service.
  private S3Client client() {
    S3Client known = current;
    if (known == null) {
      known = clients.get();
      current = known;
    }
    return known;
  }

  @Override
  public String name() {
    return "s3://" + bucket;
  }

  @Override
  public String uri(String key) {
    return name() + "/" + KeyUri.encoded(key);
  }

  @Override
  public BucketPage page(String prefix, boolean shallow, Optional<String> from) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).maxKeys(PAGE);
    from.ifPresent(request::continuationToken);
    if (shallow) {
      request.delimiter("/");
    }
    ListObjectsV2Response page = client().listObjectsV2(request.build());
    List<BucketObject> objects = new ArrayList<>();
    for (S3Object object : page.contents()) {
      objects.add(
          new BucketObject(
              object.key(),
              object.size(),
              object.eTag(),
              object.lastModified(),
              Map.of(),
              Optional.ofNullable(object.storageClassAsString())));
    }
    List<String> prefixes = page.commonPrefixes().stream().map(CommonPrefix::prefix).toList();
    Optional<String> next =
        Boolean.TRUE.equals(page.isTruncated())
            ? Optional.ofNullable(page.nextContinuationToken())
            : Optional.empty();
    return new BucketPage(objects, prefixes, next);
  }

  @Override
  public Ranged read(BucketObject object, long offset, int length) throws IOException {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(object.key())
            .range("bytes=" + offset + "-" + (offset + length - 1))
            .ifMatch(object.version())
            .build();
    ResponseInputStream<GetObjectResponse> answer = client().getObject(request);
    boolean whole = false;
    try {
      Ranged ranged = new Ranged(Received.of(answer, length), answer.response().metadata());
      whole = true;
      return ranged;
    } finally {
      if (whole) {
        answer.close();
      } else {
        answer.abort(); // closing would first read what is left
      }
    }
  }

  @Override
  public Optional<BucketObject> find(String key) {
    try {
      HeadObjectResponse found =
          client().headObject(HeadObjectRequest.builder().bucket(bucket).key(key).build());
      return Optional.of(
          new BucketObject(
              key, found.contentLength(), found.eTag(), found.lastModified(), found.metadata()));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void renewCredentials() {
    current = null;
  }

  @Override
  public BucketFailure explain(Exception problem) {
    return S3Failures.explain(problem);
  }
}
