package dev.pumphandle.app.collect;

import dev.pumphandle.app.output.Words;
import dev.pumphandle.stores.bucket.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Under which heads of a bill requests and bytes fall. Prices are not told: they differ by region
/// and contract, and change.
///
/// Source: Amazon S3 pricing ("PUT, COPY, POST, LIST requests"; "GET, SELECT, and all other
/// requests"), Google Cloud Storage pricing (class A and class B operations), Azure Blob Storage
/// pricing (list and create container operations, read operations, all other operations), as of
/// 2025.
final class Cost {

  private Cost() {}

  /// A sentence: requests by billing class, bytes by storage class.
  static String sentence(Traffic.Snapshot traffic) {
    String list = "LIST";
    String get = "GET";
    String head = "HEAD";
    if (traffic.clouds().size() == 1) {
      switch (traffic.clouds().iterator().next()) {
        case "s3" -> {
          list = "PUT, COPY, POST, LIST";
          get = "GET, SELECT and all other";
          head = get;
        }
        case "gs" -> {
          list = "class A";
          get = "class B";
          head = get;
        }
        case "az", "https", "http" -> {
          list = "list operations";
          get = "read operations";
          head = "all other operations";
        }
        case String _ -> {
          // A cloud whose bill we do not know keeps the plain words.
        }
      }
    }
    Map<String, Long> classes = new TreeMap<>();
    classes.merge(list, traffic.lists(), Long::sum);
    classes.merge(get, traffic.gets(), Long::sum);
    classes.merge(head, traffic.heads(), Long::sum);
    List<String> parts = new ArrayList<>();
    classes.forEach(
        (name, count) -> {
          if (count > 0) {
            parts.add(Words.count(count) + " " + name);
          }
        });
    String text = "On the bill: " + String.join(" · ", parts);
    if (!traffic.bytesByClass().isEmpty()) {
      List<String> tiers = new ArrayList<>();
      new TreeMap<>(traffic.bytesByClass())
          .forEach((name, bytes) -> tiers.add(Words.size(bytes) + " from " + name));
      text += "; " + String.join(", ", tiers);
    }
    return text + ".";
  }
}
