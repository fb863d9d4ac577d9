package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a virtual machine can read of the physical host under it: one small file of one node.
///
/// - Hyper-V's pool of key-value pairs, as it lies in `/var/lib/hyperv/.kvp_pool_3`: records of 512
///   bytes of key and 2048 bytes of value, filled up with zeros.
/// - The same as `kvp_client` prints it: `Key: PhysicalHostName; Value: …`.
/// - Google's `physical_host` attribute: `/cluster/rack/host`.
///
/// None of them names the node as its cluster does, nor the moment: the user does, or the file's
/// name (`NODE@2026-06-03T10:00:00Z.kvp_pool_3`), or its directory's.
///
/// Source: Linux include/uapi/linux/hyperv.h, HV_KVP_EXCHANGE_MAX_KEY_SIZE and
/// HV_KVP_EXCHANGE_MAX_VALUE_SIZE; tools/hv/hv_kvp_daemon.c, struct kvp_record; Compute Engine,
/// metadata `instance/attributes/physical_host`.
final class HostSigns {

  static final int KEY = 512;
  static final int VALUE = 2048;

  private static final int MOST = 1 << 22;
  private static final Pattern PRINTED = Pattern.compile("Key: ([^;]+); Value: (.*)");
  private static final Pattern GOOGLE = Pattern.compile("(/[^\\s/]+){3,4}");
  private static final Pattern NODE =
      Pattern.compile(
          "\\.?(.*?)(?:@.*)?(?:\\.kvp(?:_pool_3)?|\\.physical_host|\\.txt)?(?:\\.(?:gz|zst|xz))?");

  private final Given given;

  HostSigns(Given given) {
    this.given = given;
  }

  /// Whether a file begins like one of these.
  static boolean begins(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    return pool(head)
        || text.lines().anyMatch(line -> PRINTED.matcher(line.strip()).matches())
        || GOOGLE.matcher(text.strip()).matches();
  }

  private static boolean pool(byte[] head) {
    if (head.length < KEY + VALUE || head[0] < ' ') {
      return false;
    }
    int end = 0;
    while (end < KEY && head[end] != 0) {
      if (head[end++] < ' ') {
        return false;
      }
    }
    return end < KEY && head[KEY - 1] == 0;
  }

  /// The sighting.
  HostReport report(InputStream content) throws IOException {
    byte[] whole = content.readNBytes(MOST);
    String physical = pool(whole) ? value(records(whole)) : printed(whole);
    // The other records may hold what they like.
    if (physical.indexOf('\ufffd') >= 0) {
      throw new FleetFormatException(
          given.source() + ": expected a physical host in UTF-8, found '" + physical + "'");
    }
    Instant at = given.moment();
    Map<String, String> values = new LinkedHashMap<>();
    values.put(HostColumns.PHYSICAL.name(), physical);
    given.cluster().ifPresent(name -> values.put(HostColumns.CLUSTER.name(), name));
    return new HostReport(
        Basis.SEEN, "physical host", node(), values, at, at, 0, given.source(), 1);
  }

  private Map<String, String> records(byte[] whole) throws FleetFormatException {
    Map<String, String> records = new LinkedHashMap<>();
    int at = 0;
    for (; at + KEY + VALUE <= whole.length; at += KEY + VALUE) {
      String key = text(whole, at, KEY);
      if (!key.isEmpty()) {
        records.put(key, text(whole, at + KEY, VALUE));
      }
    }
    if (at < whole.length) {
      throw new FleetFormatException(
          "%s: KVP record at offset 0x%x: expected %d bytes, found %d"
              .formatted(given.source(), at, KEY + VALUE, whole.length - at));
    }
    return records;
  }

  private static String text(byte[] bytes, int from, int most) {
    int length = 0;
    while (length < most && bytes[from + length] != 0) {
      length++;
    }
    return new String(bytes, from, length, StandardCharsets.UTF_8).strip();
  }

  private String printed(byte[] whole) throws FleetFormatException {
    Map<String, String> records = new LinkedHashMap<>();
    for (String line : new String(whole, StandardCharsets.UTF_8).lines().toList()) {
      Matcher google = GOOGLE.matcher(line.strip());
      if (google.matches()) {
        return line.strip();
      }
      Matcher record = PRINTED.matcher(line.strip());
      if (record.matches()) {
        records.put(record.group(1).strip(), record.group(2).strip());
      }
    }
    return value(records);
  }

  private String value(Map<String, String> records) throws FleetFormatException {
    String value =
        records.getOrDefault(
            "PhysicalHostName", records.getOrDefault("PhysicalHostNameFullyQualified", ""));
    if (value.isEmpty()) {
      throw new FleetFormatException(
          given.source() + ": expected the key PhysicalHostName, found " + records.keySet());
    }
    return value;
  }

  private String node() throws FleetFormatException {
    if (given.node().isPresent()) {
      return given.node().get();
    }
    String[] parts = given.source().split("/", -1);
    for (int i = parts.length - 1; i >= Math.max(0, parts.length - 2); i--) {
      Optional<String> named = node(parts[i]);
      if (named.isPresent()) {
        return named.get();
      }
    }
    throw new FleetFormatException(
        given.source()
            + ": expected the node in --node, in the file's name (NODE@TIME.kvp_pool_3) or in its"
            + " directory's, found none");
  }

  // Copied under its own name, the file tells nothing; then its directory does.
  private static Optional<String> node(String part) {
    Matcher name = NODE.matcher(part);
    return name.matches()
        ? Optional.of(name.group(1))
            .filter(n -> !n.isEmpty() && !n.equals("kvp_pool_3") && !n.equals("physical_host"))
        : Optional.empty();
  }
}
