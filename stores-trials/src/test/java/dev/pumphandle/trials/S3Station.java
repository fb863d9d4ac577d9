package dev.pumphandle.trials;

import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.KeyUri;
import dev.pumphandle.stores.s3.S3Cloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// S3Proxy, an S3 server in Java, in memory, which wants signed requests.
final class S3Station implements Station {
  private static final String BUCKET = "cores";
  private static final String IDENTITY = "visitor";
  private static final String SECRET = "not-a-secret";

  private final TransientNio2BlobStore blobs = new TransientNio2BlobStore();
  private final S3Proxy server;

  private S3Station() throws Exception {
    blobs.createContainer(BUCKET);
    // The SDK's own chain finds them there first.
    System.setProperty("aws.accessKeyId", IDENTITY);
    System.setProperty("aws.secretAccessKey", SECRET);
    server =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, IDENTITY, SECRET)
            .build();
    server.start();
  }

  static S3Station start() throws Exception {
    return new S3Station();
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public String place(String prefix) {
    return "s3://" + BUCKET + "/" + KeyUri.encoded(prefix);
  }

  @Override
  public void put(String key, byte[] bytes, Map<String, String> metadata) {
    blobs.putBlob(
        PutObjectRequest.builder()
            .bucket(BUCKET)
            .key(key)
            .contentLength((long) bytes.length)
            .metadata(metadata)
            .build(),
        new ByteArrayInputStream(bytes));
  }

  @Override
  public void delete(String key) {
    blobs.removeBlob(BUCKET, key);
  }

  @Override
  public Cloud cloud(int by) {
    return new S3Cloud(
        environment(by), new S3Cloud.Options(Optional.empty(), Optional.of("us-east-1"), false));
  }

  @Override
  public Map<String, String> environment(int by) {
    return Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + by);
  }

  @Override
  public String settings() {
    return "s3_region = \"us-east-1\"\n";
  }

  @Override
  public Answer refusal(Trouble trouble) {
    return switch (trouble) {
      case THROTTLED -> answer(429, "TooManyRequests");
      case BUSY -> answer(503, "SlowDown");
      case BROKEN -> answer(500, "InternalError");
      case EXPIRED -> answer(400, "ExpiredToken");
      case FORBIDDEN -> answer(403, "AccessDenied");
      case GONE -> answer(404, "NoSuchKey");
      case CHANGED -> answer(412, "PreconditionFailed");
    };
  }

  private static Answer answer(int status, String code) {
    return new Answer(
        status,
        "Content-Type: application/xml",
        "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>");
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
