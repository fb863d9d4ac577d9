package dev.pumphandle.fieldwork.log;

import dev.pumphandle.linelist.CaseRow;
import java.util.Map;

/// Where a line comes from, as far as what carried it tells.
///
/// @param stream tells apart what must not be mixed: lines of one report have the same stream
/// @param facts what the carrier knows of host, pod and process, as columns
/// @param fields the carrier's own fields, by its names: those of a journal entry
public record Origin(String stream, CaseRow facts, Map<String, String> fields) {

  /// Copies the map.
  public Origin {
    fields = Map.copyOf(fields);
  }

  /// An origin of which only the stream is known.
  public static Origin of(String stream) {
    return new Origin(stream, CaseRow.builder().build(), Map.of());
  }
}
