package dev.pumphandle.linelist;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// OpenTelemetry's names of those columns that have one, with the dots where they belong:
/// underscores alone cannot be turned back, since some of its names hold underscores themselves.
///
/// Source: OpenTelemetry semantic conventions 2026-08, registry of attributes.
final class OpenTelemetryNames {

  private static final Map<String, String> DOTTED =
      Stream.of(
              "app.crash.id",
              "cloud.account.id",
              "cloud.availability_zone",
              "cloud.provider",
              "cloud.region",
              "container.id",
              "container.image.name",
              "cpu.logical_number",
              "deployment.environment.name",
              "host.arch",
              "host.boot.id",
              "host.cpu.microcode",
              "host.cpu.model.name",
              "host.id",
              "host.image.version",
              "host.name",
              "host.physical.id",
              "host.type",
              "k8s.cluster.name",
              "k8s.container.name",
              "k8s.namespace.name",
              "k8s.node.name",
              "k8s.node.uid",
              "k8s.pod.name",
              "k8s.pod.uid",
              "os.description",
              "os.version",
              "process.command_line",
              "process.executable.build_id.gnu",
              "process.executable.name",
              "process.executable.path",
              "process.linux.cgroup",
              "process.pid",
              "process.vpid",
              "service.instance.id",
              "service.name",
              "service.namespace",
              "service.version",
              "thread.name")
          .collect(Collectors.toUnmodifiableMap(n -> n.replace('.', '_'), Function.identity()));

  private static final Map<String, String> UNDERSCORED =
      DOTTED.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private OpenTelemetryNames() {}

  static String dotted(String column) {
    return DOTTED.getOrDefault(column, column);
  }

  static Optional<String> column(String dotted) {
    return Optional.ofNullable(UNDERSCORED.get(dotted));
  }
}
