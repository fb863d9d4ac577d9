package dev.pumphandle.stores.gcs;

import com.google.auth.oauth2.GoogleCredentials;
import dev.pumphandle.stores.bucket.BucketFailure;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who we are to Google: its application default credentials, for reading only.
final class GcsCredentials {
  private static final String READ_ONLY = "https://www.googleapis.com/auth/devstorage.read_only";

  private final boolean anonymous;
  private volatile @Nullable GoogleCredentials current;

  GcsCredentials(boolean anonymous) {
    this.anonymous = anonymous;
  }

  /// The headers that authorise a request.
  ///
  /// @throws BucketFailure where there are no credentials, or they cannot be refreshed
  Map<String, List<String>> headers(URI uri) throws BucketFailure {
    if (anonymous) {
      return Map.of();
    }
    try {
      GoogleCredentials known = current;
      if (known == null) {
        known = GoogleCredentials.getApplicationDefault().createScoped(READ_ONLY);
        current = known;
      }
      return known.getRequestMetadata(uri);
    } catch (IOException e) {
      throw new BucketFailure(
          BucketFailure.Kind.CREDENTIALS,
          "no credential for Google serves: " + BucketFailure.said(e),
          Optional.empty(),
          e);
    }
  }

  void renew() {
    current = null;
  }
}
