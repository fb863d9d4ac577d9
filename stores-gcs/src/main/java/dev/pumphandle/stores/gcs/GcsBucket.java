package dev.pumphandle.stores.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.bucket.Bucket;
import dev.pumphandle.stores.bucket.BucketFailure;
import dev.pumphandle.stores.bucket.BucketObject;
import dev.pumphandle.stores.bucket.BucketPage;
import dev.pumphandle.stores.bucket.KeyUri;
import dev.pumphandle.stores.bucket.Ranged;
import dev.pumphandle.stores.bucket.Received;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One bucket, asked through the JSON API.
///
/// Source: Cloud Storage JSON API v1, Objects: list, Objects: get (`alt=media`, `Range`,
/// `ifGenerationMatch`).
final class GcsBucket implements Bucket {
  private static final int PAGE = 1000;

  private static final int LARGEST_ANSWER = 32 << 20;

  private static final String FIELDS = "name,size,generation,updated,metadata,storageClass";

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final String objects;
  private final String bucket;
  private final GcsCredentials credentials;

  GcsBucket(HttpClient http, String endpoint, String bucket, GcsCredentials credentials) {
    this.http = http;
    this.objects = endpoint + "/storage/v1/b/" + encoded(bucket) + "/o";
    this.bucket = bucket;
    this.credentials = credentials;
  }

  @Override
  public String name() {
    return "gs://" + bucket;
  }

  @Override
  public String uri(String key) {
    return name() + "/" + KeyUri.encoded(key);
  }

  @Override
  public BucketPage page(String prefix, boolean shallow, Optional<String> from) throws IOException {
    String uri =
        objects
            + "?maxResults="
            + PAGE
            + "&prefix="
            + encoded(prefix)
            + (shallow ? "&delimiter=%2F" : "")
            + from.map(token -> "&pageToken=" + encoded(token)).orElse("")
            + "&fields=nextPageToken,prefixes,items("
            + FIELDS
            + ")";
    try (InputStream body = ask(uri, Map.of(), BucketFailure.Kind.NO_BUCKET)) {
      JsonNode page = json(body);
      List<BucketObject> found = new ArrayList<>();
      for (JsonNode item : page.path("items")) {
        found.add(object(item));
      }
      List<String> prefixes = new ArrayList<>();
      page.path("prefixes").forEach(each -> prefixes.add(each.asText()));
      return new BucketPage(
          found,
          prefixes,
          Optional.of(page.path("nextPageToken").asText("")).filter(token -> !token.isEmpty()));
    }
  }

  @Override
  public Ranged read(BucketObject object, long offset, int length) throws IOException {
    String uri =
        objects
            + "/"
            + encoded(object.key())
            + "?alt=media&ifGenerationMatch="
            + encoded(object.version());
    Map<String, String> headers =
        Map.of(
            "Range",
            "bytes=" + offset + "-" + (offset + length - 1),
            // Else an object stored with Content-Encoding gzip would come unpacked, and whole.
            // Source: Cloud Storage, "Transcoding of gzip-compressed files".
            "Accept-Encoding",
            "gzip");
    try (InputStream body = ask(uri, headers, BucketFailure.Kind.GONE)) {
      return new Ranged(Received.of(body, length), Map.of());
    }
  }

  @Override
  public Optional<BucketObject> find(String key) throws IOException {
    String uri = objects + "/" + encoded(key) + "?fields=" + FIELDS;
    try (InputStream body = ask(uri, Map.of(), BucketFailure.Kind.GONE)) {
      return Optional.of(object(json(body)));
    } catch (BucketFailure failure) {
      if (failure.kind() == BucketFailure.Kind.GONE) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /// @param missing what a 404 means here
  private InputStream ask(String uri, Map<String, String> headers, BucketFailure.Kind missing)
      throws IOException {
    URI where = URI.create(uri);
    HttpRequest.Builder request = HttpRequest.newBuilder(where).GET();
    headers.forEach(request::header);
    credentials
        .headers(where)
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    HttpResponse<InputStream> answer;
    try {
      answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (answer.statusCode() / 100 == 2) {
      return answer.body();
    }
    try (InputStream body = answer.body()) {
      ByteView told = ByteView.of(body.readNBytes(1 << 16));
      throw GcsFailures.of(
          answer.statusCode(), told, answer.headers().firstValue("Retry-After"), missing);
    }
  }

  private static JsonNode json(InputStream body) throws IOException {
    byte[] text = body.readNBytes(LARGEST_ANSWER);
    return JSON.readTree(text);
  }

  private static BucketObject object(JsonNode item) {
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : item.path("metadata").properties()) {
      metadata.put(each.getKey(), each.getValue().asText());
    }
    return new BucketObject(
        item.path("name").asText(),
        item.path("size").asLong(),
        item.path("generation").asText(),
        OffsetDateTime.parse(item.path("updated").asText()).toInstant(),
        metadata,
        Optional.of(item.path("storageClass").asText("")).filter(name -> !name.isEmpty()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void renewCredentials() {
    credentials.renew();
  }

  @Override
  public BucketFailure explain(Exception problem) {
    return GcsFailures.explain(problem);
  }
}
