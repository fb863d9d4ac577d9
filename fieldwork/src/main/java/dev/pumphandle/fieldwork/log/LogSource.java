package dev.pumphandle.fieldwork.log;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/// One log, as the place where it lies tells of it.
///
/// @param uri its address
/// @param modified when it was last written
/// @param zone the clock of lines that name no offset
/// @param places what the caller knows of where it was written, by the names of columns
public record LogSource(String uri, Instant modified, ZoneId zone, Map<String, String> places) {

  /// Copies the map.
  public LogSource {
    places = Map.copyOf(places);
  }

  Origin origin() {
    var facts = PlaceNames.ofPath(uri).toBuilder();
    places.forEach((name, value) -> PlaceNames.put(facts, name, value));
    return new Origin("", facts.build(), Map.of());
  }

  Clock clock() {
    return new Clock(zone, modified);
  }
}
