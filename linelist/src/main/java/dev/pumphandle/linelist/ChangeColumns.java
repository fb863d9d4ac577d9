package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.moment;
import static dev.pumphandle.linelist.Column.text;

import java.time.Instant;
import java.util.List;

/// The columns of `changes`: the fleet's calendar, one row for each thing that was changed.
public final class ChangeColumns {

  /// When.
  public static final Column<Instant> AT = moment("changed_at", "When.", "table, Kubernetes");

  /// What kind.
  public static final Column<String> KIND =
      text(
          "kind",
          "What kind of change: release, config, kernel, image, scheduled-event, node, or a word"
              + " of your own.",
          "table, Kubernetes");

  /// What.
  public static final Column<String> WHAT =
      text("what", "What changed, or what it changed to.", "table, Kubernetes");

  /// Where.
  public static final Column<String> CLUSTER =
      text("k8s_cluster_name", "Where; null means everywhere.", "table, --cluster")
          .with(Sensitivity.FLEET);

  private ChangeColumns() {}

  /// All columns, in order.
  public static List<Column<?>> all() {
    return List.of(AT, KIND, WHAT, CLUSTER);
  }
}
