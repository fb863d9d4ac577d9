package dev.pumphandle.stores.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobDownloadResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.pumphandle.stores.bucket.Bucket;
import dev.pumphandle.stores.bucket.BucketFailure;
import dev.pumphandle.stores.bucket.BucketObject;
import dev.pumphandle.stores.bucket.BucketPage;
import dev.pumphandle.stores.bucket.KeyUri;
import dev.pumphandle.stores.bucket.Ranged;
import dev.pumphandle.stores.bucket.Received;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One container.
final class AzureBucket implements Bucket {
  /// The most that Azure gives.
  ///
  /// Source: Blob service REST API, List Blobs, `maxresults`.
  private static final int PAGE = 5000;

  private final AzureCredentials credentials;
  private final HttpClient http;
  private final String account;
  private final String container;
  private final String endpoint;
  private volatile BlobContainerClient client;
  private volatile boolean tags = true;

  AzureBucket(
      AzureCredentials credentials,
      HttpClient http,
      String account,
      String container,
      String endpoint) {
    this.credentials = credentials;
    this.http = http;
    this.account = account;
    this.container = container;
    this.endpoint = endpoint;
    this.client = fresh();
  }

  private BlobContainerClient fresh() {
    return credentials
        .builder(http, account, endpoint)
        .buildClient()
        .getBlobContainerClient(container);
  }

  @Override
  public String name() {
    return "az://" + account + "/" + container;
  }

  @Override
  public String uri(String key) {
    return name() + "/" + KeyUri.encoded(key);
  }

  @Override
  public BucketPage page(String prefix, boolean shallow, Optional<String> from) {
    try {
      return page(prefix, shallow, from.orElse(null), tags);
    } catch (BlobStorageException e) {
      // Reading tags needs a permission of its own, and some kinds of account have none.
      if (!tags || from.isPresent() || !AzureFailures.perhapsForTags(e)) {
        throw e;
      }
      BucketPage page = page(prefix, shallow, null, false);
      tags = false;
      return page;
    }
  }

  private BucketPage page(String prefix, boolean shallow, @Nullable String from, boolean withTags) {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(prefix)
            .setMaxResultsPerPage(PAGE)
            .setDetails(new BlobListDetails().setRetrieveMetadata(true).setRetrieveTags(withTags));
    Iterator<PagedResponse<BlobItem>> pages =
        (shallow
                ? client.listBlobsByHierarchy("/", options, null).iterableByPage(from)
                : client.listBlobs(options, from, null).iterableByPage())
            .iterator();
    List<BucketObject> objects = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    Optional<String> next = Optional.empty();
    if (pages.hasNext()) {
      PagedResponse<BlobItem> page = pages.next();
      for (BlobItem item : page.getValue()) {
        if (Boolean.TRUE.equals(item.isPrefix())) {
          prefixes.add(item.getName());
        } else {
          objects.add(object(item));
        }
      }
      next = Optional.ofNullable(page.getContinuationToken()).filter(token -> !token.isEmpty());
    }
    return new BucketPage(objects, prefixes, next);
  }

  private static BucketObject object(BlobItem item) {
    return new BucketObject(
        item.getName(),
        item.getProperties().getContentLength(),
        bare(item.getProperties().getETag()),
        item.getProperties().getLastModified().toInstant(),
        together(item.getMetadata(), item.getTags()),
        Optional.ofNullable(item.getProperties().getAccessTier()).map(AccessTier::toString));
  }

  private static Map<String, String> together(
      @Nullable Map<String, String> metadata, @Nullable Map<String, String> tags) {
    Map<String, String> all = new HashMap<>();
    if (tags != null) {
      all.putAll(tags);
    }
    if (metadata != null) {
      all.putAll(metadata);
    }
    return all;
  }

  /// Listings show ETags bare, answers in quotation marks.
  private static String bare(String tag) {
    return tag.replace("\"", "");
  }

  @Override
  public Ranged read(BucketObject object, long offset, int length) {
    Received received = new Received(length);
    BlobDownloadResponse answer =
        client
            .getBlobClient(object.key())
            .downloadStreamWithResponse(
                received,
                new BlobRange(offset, (long) length),
                new DownloadRetryOptions().setMaxRetryRequests(0),
                new BlobRequestConditions().setIfMatch("\"" + object.version() + "\""),
                false,
                null,
                Context.NONE);
    return new Ranged(
        received.bytes(), together(answer.getDeserializedHeaders().getMetadata(), null));
  }

  @Override
  public Optional<BucketObject> find(String key) {
    try {
      BlobProperties found = client.getBlobClient(key).getProperties();
      OffsetDateTime modified = found.getLastModified();
      return Optional.of(
          new BucketObject(
              key,
              found.getBlobSize(),
              bare(found.getETag()),
              modified.toInstant(),
              together(found.getMetadata(), null)));
    } catch (BlobStorageException e) {
      if (e.getStatusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void renewCredentials() {
    client = fresh();
  }

  @Override
  public BucketFailure explain(Exception problem) {
    return AzureFailures.explain(problem);
  }
}
