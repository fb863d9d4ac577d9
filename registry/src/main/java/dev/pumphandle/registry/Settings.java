package dev.pumphandle.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a workspace's `pumphandle.toml` says.
///
/// @param retainWords whether words of memory are kept that are no addresses, small integers or
///   zero; such words may be people's data
/// @param keyPattern how object names are to be read, in core_pattern syntax
/// @param debugDirectories where executables and debug files are looked for by build-id
/// @param stores where object stores are found
public record Settings(
    boolean retainWords,
    Optional<String> keyPattern,
    List<Path> debugDirectories,
    StoreSettings stores) {

  static final String FILE = "pumphandle.toml";

  private static final Set<String> KEYS = keys();

  /// What `init` writes.
  static final String TEMPLATE =
      """
      # A Pumphandle workspace. Everything here but data/ belongs in version control.

      # Keep words of memory that are no addresses, small integers or zero? They may be people's data.
      retain_words = false

      # How object names are read, in the kernel's core_pattern syntax plus {column} names:
      # key_pattern = "{k8s_cluster_name}/{k8s_node_name}/core.%e.%p.%t"

      # Where executables and debug files are looked for, by build-id:
      # debug_dirs = ["/usr/lib/debug"]

      # Object stores that are not at their clouds' own addresses, and those read without credentials:
      # azure_endpoint = "https://{account}.blob.core.windows.net"
      # s3_endpoint = "https://minio.example.org:9000"
      # s3_region = "eu-central-1"
      # gcs_endpoint = "https://storage.googleapis.com"
      # anonymous = ["s3"]
      """;

  /// Copies the list.
  public Settings {
    debugDirectories = List.copyOf(debugDirectories);
  }

  static Settings read(Path root) throws IOException {
    Path file = root.resolve(FILE);
    JsonNode tree;
    try {
      tree = new TomlMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new RegistryException.BadSettings(
          file + ": line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      throw new RegistryException.BadSettings(file + ": expected UTF-8, found other bytes");
    }
    Set<String> unknown = new TreeSet<>();
    tree.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new RegistryException.BadSettings(
          file + ": expected only " + new TreeSet<>(KEYS) + ", found " + unknown);
    }
    JsonNode retain = tree.path("retain_words");
    if (!retain.isMissingNode() && !retain.isBoolean()) {
      throw wrong(file, "retain_words", "true or false", retain);
    }
    JsonNode pattern = tree.path("key_pattern");
    if (!pattern.isMissingNode() && !pattern.isTextual()) {
      throw wrong(file, "key_pattern", "a text", pattern);
    }
    List<Path> directories = new ArrayList<>();
    JsonNode list = tree.path("debug_dirs");
    if (!list.isMissingNode() && !list.isArray()) {
      throw wrong(file, "debug_dirs", "a list of texts", list);
    }
    for (JsonNode each : list) {
      if (!each.isTextual()) {
        throw wrong(file, "debug_dirs", "a list of texts", list);
      }
      directories.add(root.resolve(each.asText()));
    }
    return new Settings(
        retain.asBoolean(false),
        pattern.isTextual() ? Optional.of(pattern.asText()) : Optional.empty(),
        directories,
        StoreSettings.read(file, tree));
  }

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>(StoreSettings.KEYS);
    keys.addAll(List.of("retain_words", "key_pattern", "debug_dirs"));
    return keys;
  }

  static RegistryException wrong(Path file, String key, String expected, JsonNode found) {
    return new RegistryException.BadSettings(
        file + ": " + key + ": expected " + expected + ", found " + found);
  }
}
