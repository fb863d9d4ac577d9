package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.linelist.FleetChange;
import java.util.Set;

/// Revisions as `helm history RELEASE -o json` prints them.
///
/// Source: Helm v3.15 cmd/helm/history.go, `releaseInfo`: revision, updated, status, chart,
/// app_version, description; the statuses: pkg/release/status.go.
final class HelmHistory implements JsonChanges.Dialect {

  /// Those that reached the cluster; a failed or pending revision changed who knows what.
  private static final Set<String> ROLLED_OUT = Set.of("deployed", "superseded", "uninstalled");

  private final Given given;

  HelmHistory(Given given) {
    this.given = given;
  }

  @Override
  public boolean knows(ObjectNode object) {
    return object.has("revision") && object.has("chart") && object.has("updated");
  }

  @Override
  public void read(ObjectNode object, long line, JsonChanges.Changes changes)
      throws FleetFormatException {
    if (!ROLLED_OUT.contains(object.path("status").asText())) {
      return;
    }
    String updated = object.path("updated").asText();
    String application = object.path("app_version").asText();
    changes.add(
        new FleetChange(
            Moments.parse(updated)
                .orElseThrow(
                    () ->
                        FleetFormatException.at(
                            given.source(),
                            line,
                            "updated: expected a moment, found '" + updated + "'")),
            "release",
            object.path("chart").asText() + (application.isEmpty() ? "" : " " + application),
            given.cluster()));
  }
}
