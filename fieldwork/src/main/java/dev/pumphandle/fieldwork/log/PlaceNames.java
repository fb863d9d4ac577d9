package dev.pumphandle.fieldwork.log;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ColumnType;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What log shippers call the places that are columns here.
final class PlaceNames {

  private static final Pattern OURS =
      Pattern.compile("(service|host|k8s|cloud|container|os|deployment)_[a-z0-9_]+");

  /// Source: kubernetes/kubernetes pkg/kubelet/kuberuntime, log paths:
  /// /var/log/pods/NAMESPACE_NAME_UID/CONTAINER/N.log and
  /// /var/log/containers/NAME_NAMESPACE_CONTAINER-ID.log.
  private static final Pattern POD_PATH =
      Pattern.compile("/([a-z0-9.-]+)_([a-z0-9.-]+)_([0-9a-f-]{32,36})/([a-z0-9.-]+)/\\d+\\.log");

  private static final Pattern CONTAINER_PATH =
      Pattern.compile("/([a-z0-9.-]+)_([a-z0-9.-]+)_([a-z0-9.-]+)-([0-9a-f]{64})\\.log");

  private static final Map<String, Column<String>> NAMES = new HashMap<>();

  static {
    names(PlaceColumns.HOST_NAME, "hostname", "host", "_hostname", "hostname_override", "instance");
    names(PlaceColumns.K8S_NODE_NAME, "node", "node_name", "nodename", "kubernetes_node_name");
    names(PlaceColumns.K8S_POD_NAME, "pod", "pod_name", "kubernetes_pod_name");
    names(PlaceColumns.K8S_POD_UID, "pod_id", "pod_uid");
    names(
        PlaceColumns.K8S_NAMESPACE_NAME,
        "namespace",
        "namespace_name",
        "kubernetes_namespace_name");
    names(
        PlaceColumns.K8S_CONTAINER_NAME,
        "container",
        "container_name",
        "kubernetes_container_name");
    names(PlaceColumns.CONTAINER_ID, "docker_id");
    names(PlaceColumns.CONTAINER_IMAGE_NAME, "container_image");
    names(PlaceColumns.K8S_CLUSTER_NAME, "cluster", "cluster_name");
    names(PlaceColumns.CLOUD_REGION, "region");
    names(PlaceColumns.CLOUD_AVAILABILITY_ZONE, "zone");
    names(PlaceColumns.SERVICE_NAME, "app", "service");
    names(PlaceColumns.SERVICE_VERSION, "version");
    names(PlaceColumns.HOST_BOOT_ID, "_boot_id", "boot_id");
    names(PlaceColumns.HOST_ID, "instance_id");
  }

  private PlaceNames() {}

  private static void names(Column<String> column, String... names) {
    for (String name : List.of(names)) {
      NAMES.put(name, column);
    }
  }

  /// Puts a value that somebody calls so, if it is a place; what is known already stays.
  ///
  /// @return whether it was one
  static boolean put(CaseRow.Builder facts, String name, String value) {
    String plain = name.toLowerCase(Locale.ROOT);
    Optional<Column<?>> column =
        Optional.<Column<?>>ofNullable(NAMES.get(plain))
            .or(() -> LineListSchema.column(plain).filter(PlaceNames::isPlace));
    if (column.isEmpty() || value.isBlank() || value.equals("null")) {
      return false;
    }
    if (!facts.has(column.get())) {
      facts.putChecked(column.get(), value);
    }
    return true;
  }

  private static boolean isPlace(Column<?> column) {
    return column.type() == ColumnType.TEXT
        && column.standing() == Standing.STORED
        && OURS.matcher(column.name()).matches();
  }

  /// What a path of Kubernetes' own tells.
  static CaseRow ofPath(String path) {
    CaseRow.Builder facts = CaseRow.builder();
    Matcher pod = POD_PATH.matcher(path);
    Matcher container = CONTAINER_PATH.matcher(path);
    if (pod.find()) {
      facts
          .put(PlaceColumns.K8S_NAMESPACE_NAME, pod.group(1))
          .put(PlaceColumns.K8S_POD_NAME, pod.group(2))
          .put(PlaceColumns.K8S_POD_UID, pod.group(3))
          .put(PlaceColumns.K8S_CONTAINER_NAME, pod.group(4));
    } else if (container.find()) {
      facts
          .put(PlaceColumns.K8S_POD_NAME, container.group(1))
          .put(PlaceColumns.K8S_NAMESPACE_NAME, container.group(2))
          .put(PlaceColumns.K8S_CONTAINER_NAME, container.group(3))
          .put(PlaceColumns.CONTAINER_ID, container.group(4));
    }
    return facts.build();
  }
}
