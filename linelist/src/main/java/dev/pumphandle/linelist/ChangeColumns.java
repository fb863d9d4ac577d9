package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.moment;
import static dev.pumphandle.linelist.Column.text;

import java.time.Instant;
import java.util.List;

/// The columns of `changes`: the fleet's calendar, one row for each thing that was changed.
public final class ChangeColumns {

  /// When.
  public static final Column<Instant> AT =
      moment("changed_at", "When it began.", "table, helm, kubectl, clouds");

  /// What kind.
  public static final Column<String> KIND =
      text(
          "kind",
          "What kind of change: release, config, kernel, image, scheduled-event, node, or a word"
              + " of your own.",
          "table, --kind, told by the kind of file");

  /// What.
  public static final Column<String> WHAT =
      text("what", "What changed, or what it changed to.", "table, helm, kubectl, clouds");

  /// Cluster.
  public static final Column<String> CLUSTER =
      text("k8s_cluster_name", "In which cluster; null means in all.", "table, --cluster")
          .with(Sensitivity.FLEET);

  /// Region.
  public static final Column<String> REGION =
      text("cloud_region", "In which region; null means in all.", "table, clouds")
          .with(Sensitivity.FLEET);

  /// Node.
  public static final Column<String> NODE =
      text(
              "k8s_node_name",
              "To which node; null means to more than one. Changes of one node are left out of the"
                  + " calendar of an investigation.",
              "table, clouds")
          .with(Sensitivity.FLEET);

  /// Where to read on.
  public static final Column<String> URL =
      text("url", "Where to read on: a pull request, a ticket, an event.", "table")
          .with(Sensitivity.FLEET);

  private ChangeColumns() {}

  /// All columns, in order.
  public static List<Column<?>> all() {
    return List.of(AT, KIND, WHAT, CLUSTER, REGION, NODE, URL);
  }
}
