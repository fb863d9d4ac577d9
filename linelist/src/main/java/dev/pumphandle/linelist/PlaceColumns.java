package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.bigint;
import static dev.pumphandle.linelist.Column.text;

import java.util.List;

/// Where and to what it happened: joined from object names, sidecars and the fleet.
public final class PlaceColumns {

  /// Service.
  public static final Column<String> SERVICE_NAME =
      text("service_name", "Service.", "object name, sidecar");

  /// Release of the service.
  public static final Column<String> SERVICE_VERSION =
      text("service_version", "Release of the service.", "object name, sidecar");

  /// Instance of the service.
  public static final Column<String> SERVICE_INSTANCE_ID =
      text("service_instance_id", "Instance of the service.", "object name, sidecar")
          .with(Sensitivity.FLEET);

  /// Host name as the process saw it.
  public static final Column<String> HOST_NAME =
      text("host_name", "Host name as the process saw it.", "core_pattern %h, sidecar")
          .with(Sensitivity.FLEET);

  /// Kubernetes cluster.
  public static final Column<String> K8S_CLUSTER_NAME =
      text("k8s_cluster_name", "Kubernetes cluster.", "object name, sidecar")
          .with(Sensitivity.FLEET);

  /// Kubernetes node.
  public static final Column<String> K8S_NODE_NAME =
      text("k8s_node_name", "Kubernetes node.", "object name, sidecar").with(Sensitivity.FLEET);

  /// Kubernetes namespace.
  public static final Column<String> K8S_NAMESPACE_NAME =
      text("k8s_namespace_name", "Kubernetes namespace.", "object name, sidecar")
          .with(Sensitivity.FLEET);

  /// Kubernetes pod.
  public static final Column<String> K8S_POD_NAME =
      text("k8s_pod_name", "Kubernetes pod.", "object name, sidecar").with(Sensitivity.FLEET);

  /// Kubernetes pod, by unique id.
  public static final Column<String> K8S_POD_UID =
      text("k8s_pod_uid", "Kubernetes pod, by unique id.", "object name, sidecar")
          .with(Sensitivity.FLEET);

  /// Kubernetes container.
  public static final Column<String> K8S_CONTAINER_NAME =
      text("k8s_container_name", "Kubernetes container.", "object name, sidecar")
          .with(Sensitivity.FLEET);

  /// Container.
  public static final Column<String> CONTAINER_ID =
      text("container_id", "Container.", "object name, sidecar").with(Sensitivity.FLEET);

  /// Container image.
  public static final Column<String> CONTAINER_IMAGE_NAME =
      text("container_image_name", "Container image.", "object name, sidecar")
          .with(Sensitivity.FLEET);

  /// Cloud.
  public static final Column<String> CLOUD_PROVIDER =
      text("cloud_provider", "Cloud.", "sidecar").with(Sensitivity.FLEET);

  /// Region.
  public static final Column<String> CLOUD_REGION =
      text("cloud_region", "Region.", "object name, sidecar").with(Sensitivity.FLEET);

  /// Zone.
  public static final Column<String> CLOUD_AVAILABILITY_ZONE =
      text("cloud_availability_zone", "Zone.", "object name, sidecar").with(Sensitivity.FLEET);

  /// SKU of the host: its instance or machine type.
  public static final Column<String> HOST_TYPE =
      text("host_type", "SKU of the host: its instance or machine type.", "object name, sidecar")
          .with(Sensitivity.FLEET);

  /// Host or virtual machine.
  public static final Column<String> HOST_ID =
      text("host_id", "Host or virtual machine.", "object name, sidecar").with(Sensitivity.FLEET);

  /// Physical host under the virtual machine.
  public static final Column<String> HOST_PHYSICAL_ID =
      text("host_physical_id", "Physical host under the virtual machine.", "sidecar")
          .with(Sensitivity.FLEET);

  /// Boot of the host.
  public static final Column<String> HOST_BOOT_ID =
      text("host_boot_id", "Boot of the host.", "systemd-coredump’s names, sidecar")
          .with(Sensitivity.FLEET);

  /// Processor model.
  public static final Column<String> HOST_CPU_MODEL_NAME =
      text("host_cpu_model_name", "Processor model.", "sidecar");

  /// Microcode revision.
  public static final Column<String> HOST_CPU_MICROCODE =
      text("host_cpu_microcode", "Microcode revision.", "sidecar");

  /// Version of the host’s image.
  public static final Column<String> HOST_IMAGE_VERSION =
      text("host_image_version", "Version of the host’s image.", "sidecar");

  /// Kernel.
  public static final Column<String> OS_VERSION = text("os_version", "Kernel.", "sidecar");

  /// Environment, such as production.
  public static final Column<String> DEPLOYMENT_ENVIRONMENT_NAME =
      text(
          "deployment_environment_name",
          "Environment, such as production.",
          "object name, sidecar");

  /// Age of the node at death.
  public static final Column<Long> NODE_AGE_S =
      bigint("node_age_s", "seconds", "Age of the node at death.", "sidecar");

  /// Age of the process at death.
  public static final Column<Long> PROCESS_AGE_S =
      bigint("process_age_s", "seconds", "Age of the process at death.", "sidecar");

  private PlaceColumns() {}

  static List<Column<?>> all() {
    return List.of(
        SERVICE_NAME,
        SERVICE_VERSION,
        SERVICE_INSTANCE_ID,
        HOST_NAME,
        K8S_CLUSTER_NAME,
        K8S_NODE_NAME,
        K8S_NAMESPACE_NAME,
        K8S_POD_NAME,
        K8S_POD_UID,
        K8S_CONTAINER_NAME,
        CONTAINER_ID,
        CONTAINER_IMAGE_NAME,
        CLOUD_PROVIDER,
        CLOUD_REGION,
        CLOUD_AVAILABILITY_ZONE,
        HOST_TYPE,
        HOST_ID,
        HOST_PHYSICAL_ID,
        HOST_BOOT_ID,
        HOST_CPU_MODEL_NAME,
        HOST_CPU_MICROCODE,
        HOST_IMAGE_VERSION,
        OS_VERSION,
        DEPLOYMENT_ENVIRONMENT_NAME,
        NODE_AGE_S,
        PROCESS_AGE_S);
  }
}
