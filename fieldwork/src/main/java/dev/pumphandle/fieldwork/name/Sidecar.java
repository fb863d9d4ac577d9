package dev.pumphandle.fieldwork.name;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.SourceChangedException;
import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.Sensitivity;
import dev.pumphandle.linelist.Standing;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merges the JSON file beside an object (`<name>.json`): keys are columns, in SQL's spelling or
/// OpenTelemetry's; what is no column goes into `extra`.
///
/// A sidecar knows better than a name, so it overrides what the name said; it does not override
/// what the core itself says, and judgements are not for it to make.
public final class Sidecar {

  private static final JsonMapper JSON = new JsonMapper();

  private Sidecar() {}

  /// Fills columns.
  ///
  /// Where a sidecar is there and cannot be fetched, the row loses its version: the next run tries
  /// again.
  ///
  /// @throws SourceChangedException where the sidecar was written anew since it was listed
  /// @throws StoreUnusableException where nothing can be had from the store any more
  public static void fill(Specimen specimen, CaseRow.Builder row, List<String> anomalies)
      throws SourceChangedException, StoreUnusableException {
    try {
      Optional<ByteView> bytes = specimen.access().sidecar();
      if (bytes.isEmpty()) {
        return;
      }
      JsonNode tree = JSON.readTree(bytes.get().toArray());
      if (!tree.isObject()) {
        anomalies.add("sidecar: expected a JSON object, found " + tree.getNodeType());
        return;
      }
      Map<String, String> extra = new HashMap<>(row.get(IdentityColumns.EXTRA).orElse(Map.of()));
      for (Map.Entry<String, JsonNode> each : tree.properties()) {
        put(each.getKey(), each.getValue(), row, extra, anomalies);
      }
      if (!extra.isEmpty()) {
        row.put(IdentityColumns.EXTRA, Map.copyOf(extra));
      }
    } catch (JsonProcessingException e) {
      anomalies.add("sidecar: expected JSON, found " + e.getOriginalMessage());
    } catch (SourceChangedException | StoreUnusableException e) {
      throw e;
    } catch (IOException e) {
      row.remove(IdentityColumns.OBJECT_VERSION);
      anomalies.add("sidecar: " + e.getMessage());
    }
  }

  private static void put(
      String key,
      JsonNode value,
      CaseRow.Builder row,
      Map<String, String> extra,
      List<String> anomalies) {
    if (value.isNull()) {
      return;
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    Optional<Column<?>> column = LineListSchema.column(key).filter(Sidecar::mayFill);
    if (column.isEmpty()) {
      extra.put(key, text);
      return;
    }
    Optional<Object> converted = ColumnValue.of(column.get(), text);
    if (converted.isEmpty()) {
      anomalies.add(
          "sidecar: " + key + ": expected " + column.get().type() + ", found '" + text + "'");
      return;
    }
    row.putChecked(column.get(), converted.get());
    if (column.get().equals(IdentityColumns.OBSERVED_AT)) {
      row.put(IdentityColumns.OBSERVED_AT_FROM, "sidecar");
    }
  }

  /// A sidecar tells of time, place and process; not of memory, nor of the reading.
  private static boolean mayFill(Column<?> column) {
    return column.standing() == Standing.STORED
        && column.sensitivity() != Sensitivity.MEMORY
        && FILLABLE.contains(column.name());
  }

  private static final List<String> FILLABLE = fillable();

  private static List<String> fillable() {
    return LineListSchema.stored().stream()
        .map(Column::name)
        .filter(
            name ->
                name.matches(
                    "observed_at|thread_name|cpu_number|process_age_s|node_age_s"
                        + "|(service|host|k8s|cloud|container|os|deployment)_.*"))
        .toList();
  }
}
