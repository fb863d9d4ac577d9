package dev.pumphandle.lab.crash;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The part of a case that is play-acted: where and when the patient is said to have died.
///
/// A crash in the lab is real, but happens here and now. A population needs hosts and days, so a
/// scenario invents them, and the sidecar file beside the core says that it did.
///
/// @param host fictional host, also part of the core's file name
/// @param at fictional time of death, also part of the core's file name; to the second
/// @param facts further facts for the sidecar, named like the line list's columns
public record Staging(String host, Instant at, NavigableMap<String, String> facts) {

  public Staging {
    at = at.truncatedTo(ChronoUnit.SECONDS);
    facts = Collections.unmodifiableNavigableMap(new TreeMap<>(facts));
  }

  /// The sidecar file: a flat JSON object, which says of itself that it is staged.
  public String sidecar() {
    Map<String, String> all = new TreeMap<>(facts);
    all.put("k8s_node_name", host);
    all.put("observed_at", at.toString());
    all.putIfAbsent("staged_note", "the crash is real; its host, time and release are play-acted");
    StringBuilder json = new StringBuilder("{\n  \"staged\": true");
    all.forEach(
        (name, value) ->
            json.append(",\n  \"")
                .append(escape(name))
                .append("\": \"")
                .append(escape(value))
                .append('"'));
    return json.append("\n}\n").toString();
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') escaped.append('\\').append(c);
      else if (c < 0x20) escaped.append("\\u%04x".formatted((int) c));
      else escaped.append(c);
    }
    return escaped.toString();
  }
}
