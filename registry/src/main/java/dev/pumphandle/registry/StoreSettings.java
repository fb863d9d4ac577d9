package dev.pumphandle.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a workspace says about object stores: addresses, never secrets.
///
/// @param azureEndpoint where Azure accounts are found; `{account}` stands for the account
/// @param s3Endpoint where S3, or what speaks its protocol, is found
/// @param s3Region the region of its buckets
/// @param gcsEndpoint where Cloud Storage is found
/// @param anonymous the schemes (`az`, `s3`, `gs`) that are read without any credential
public record StoreSettings(
    Optional<String> azureEndpoint,
    Optional<String> s3Endpoint,
    Optional<String> s3Region,
    Optional<String> gcsEndpoint,
    Set<String> anonymous) {

  static final Set<String> KEYS =
      Set.of("azure_endpoint", "s3_endpoint", "s3_region", "gcs_endpoint", "anonymous");

  private static final Set<String> SCHEMES = Set.of("az", "s3", "gs");

  /// Copies the set.
  public StoreSettings {
    anonymous = Set.copyOf(anonymous);
  }

  static StoreSettings read(Path file, JsonNode tree) throws RegistryException {
    Set<String> schemes = new TreeSet<>();
    JsonNode list = tree.path("anonymous");
    if (!list.isMissingNode() && !list.isArray()) {
      throw Settings.wrong(file, "anonymous", "a list of az, s3, gs", list);
    }
    for (JsonNode each : list) {
      if (!SCHEMES.contains(each.asText())) {
        throw Settings.wrong(file, "anonymous", "a list of az, s3, gs", list);
      }
      schemes.add(each.asText());
    }
    return new StoreSettings(
        address(file, tree, "azure_endpoint"),
        address(file, tree, "s3_endpoint"),
        text(file, tree, "s3_region"),
        address(file, tree, "gcs_endpoint"),
        schemes);
  }

  /// An address may hold neither a password nor a signature: the file belongs in version control.
  private static Optional<String> address(Path file, JsonNode tree, String key)
      throws RegistryException {
    Optional<String> found = text(file, tree, key);
    if (found.isPresent() && !found.get().matches("https?://[^@?#\\s]+")) {
      throw new RegistryException.BadSettings(
          file + ": " + key + ": expected http(s)://host… without credentials or a query");
    }
    return found;
  }

  private static Optional<String> text(Path file, JsonNode tree, String key)
      throws RegistryException {
    JsonNode value = tree.path(key);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw Settings.wrong(file, key, "a text", value);
    }
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }
}
