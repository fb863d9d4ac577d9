package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.moment;
import static dev.pumphandle.linelist.Column.plain;
import static dev.pumphandle.linelist.Column.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The columns of `host_intervals`: one row is a stretch of time in which one node lived with the
/// same exposures. It is the denominator of every rate.
///
/// Names are those of the line list wherever both have the column.
public final class HostColumns {

  private static final String NODES = "kubectl, kube-state-metrics, table";

  /// The node.
  public static final Column<String> NODE =
      fleet("k8s_node_name", "The node. Cases are joined by it.", NODES);

  /// Cluster.
  public static final Column<String> CLUSTER =
      fleet("k8s_cluster_name", "Cluster.", "--cluster, labels of the node, table");

  /// Unique id of the node object.
  public static final Column<String> NODE_UID =
      fleet(
          "k8s_node_uid",
          "Unique id of the node object: another one under the same name is another machine.",
          NODES);

  /// Physical host.
  public static final Column<String> PHYSICAL =
      fleet(
          "host_physical_id",
          "Physical host under the node while the stretch lasts.",
          "Azure KVP, GCP physical_host, labels of the node, table");

  /// Host id.
  public static final Column<String> HOST_ID =
      fleet("host_id", "Virtual machine or host. Cases are joined by it.", NODES);

  /// Boot id.
  public static final Column<String> BOOT_ID =
      fleet("host_boot_id", "Boot of the host. Cases are joined by it.", "kubectl, table");

  /// When the node was made.
  public static final Column<java.time.Instant> STARTED_AT =
      moment("node_started_at", "When the node was made, for its age.", NODES);

  /// Begin.
  public static final Column<java.time.Instant> FROM =
      moment("interval_from", "When the stretch began.", "sightings, table");

  /// End.
  public static final Column<java.time.Instant> TO =
      moment(
          "interval_to",
          "When it ended; the moment itself is no longer in it.",
          "sightings, table");

  /// Exceptions.
  public static final Column<Double> EXCEPTIONS =
      plain(
          "exceptions_per_second",
          ColumnType.DOUBLE,
          "1/s",
          "How many exceptions the service threw there, where somebody counted.",
          "table");

  private static final List<Column<?>> ALL =
      List.of(
          NODE,
          CLUSTER,
          NODE_UID,
          fleet("cloud_provider", "Cloud.", "kubectl, kube-state-metrics, table"),
          fleet("cloud_region", "Region.", NODES),
          fleet("cloud_availability_zone", "Zone.", NODES),
          fleet("host_type", "SKU: instance or machine type.", NODES),
          text("host_arch", "Architecture.", NODES),
          HOST_ID,
          BOOT_ID,
          PHYSICAL,
          text("host_cpu_model_name", "Processor model.", "table"),
          text("host_cpu_microcode", "Microcode revision.", "table"),
          text("host_image_version", "Version of the host’s image.", "labels of the node, table"),
          text("os_version", "Kernel.", NODES),
          text("os_description", "Operating system in words.", NODES),
          text("service_version", "Release of the service that ran there.", "table"),
          EXCEPTIONS,
          STARTED_AT,
          FROM,
          TO);

  private static final Map<String, Column<?>> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Column::name, Function.identity()));

  private HostColumns() {}

  private static Column<String> fleet(String name, String meaning, String source) {
    return text(name, meaning, source).with(Sensitivity.FLEET);
  }

  /// All columns, in order.
  public static List<Column<?>> all() {
    return ALL;
  }

  /// The columns that say with what a node lived: all but its name and the two ends.
  public static List<Column<?>> exposures() {
    return ALL.stream().filter(c -> !Stream.of(NODE, FROM, TO).toList().contains(c)).toList();
  }

  /// The column of this name, SQL's or OpenTelemetry's.
  public static Optional<Column<?>> column(String name) {
    return Optional.<Column<?>>ofNullable(BY_NAME.get(name))
        .or(() -> OpenTelemetryNames.column(name).map(BY_NAME::get));
  }
}
