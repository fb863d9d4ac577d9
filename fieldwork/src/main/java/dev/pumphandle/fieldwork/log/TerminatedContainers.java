package dev.pumphandle.fieldwork.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.PlaceColumns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The containers of a pod that ended by a fatal signal, as the pod's status remembers them: the
/// last end of each, and no more.
///
/// Source: kubernetes/api core/v1 types.go, ContainerStateTerminated; exit codes are 128 and the
/// signal.
///
/// Folklore: 137 is SIGKILL, from the OOM killer or from anybody, and a reason of OOMKilled is
/// given only when the first process of the container was the victim. Test: LogScanTest.
final class TerminatedContainers {

  private static final int SIGKILL = 9;
  private static final List<Integer> CRASHES = List.of(4, 5, 6, 7, 8, SIGKILL, 11, 31);

  private TerminatedContainers() {}

  static List<Sighting> of(JsonNode pod, long number, Origin source) {
    List<Sighting> sightings = new ArrayList<>();
    for (String kind : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode status : pod.path("status").path(kind)) {
        for (String state : List.of("lastState", "state")) {
          terminated(pod, status, status.path(state).path("terminated"), number, source)
              .ifPresent(sightings::add);
        }
      }
    }
    return sightings;
  }

  private static Optional<Sighting> terminated(
      JsonNode pod, JsonNode status, JsonNode end, long number, Origin source) {
    int code = end.path("exitCode").asInt(0);
    int signal = end.path("signal").asInt(code > 128 ? code - 128 : 0);
    String reason = end.path("reason").asText("");
    if (!CRASHES.contains(signal) && !reason.equals("OOMKilled")) {
      return Optional.empty();
    }
    CaseRow.Builder facts = source.facts().toBuilder();
    JsonNode metadata = pod.path("metadata");
    put(facts, PlaceColumns.K8S_NAMESPACE_NAME, metadata.path("namespace"));
    put(facts, PlaceColumns.K8S_POD_NAME, metadata.path("name"));
    put(facts, PlaceColumns.K8S_POD_UID, metadata.path("uid"));
    put(facts, PlaceColumns.K8S_NODE_NAME, pod.path("spec").path("nodeName"));
    put(facts, PlaceColumns.K8S_CONTAINER_NAME, status.path("name"));
    put(facts, PlaceColumns.CONTAINER_IMAGE_NAME, status.path("image"));
    String container = end.path("containerID").asText("").replaceFirst("^\\w+://", "");
    if (!container.isEmpty()) {
      facts.put(PlaceColumns.CONTAINER_ID, container);
    }
    Optional<Instant> finished = Moment.of(end.path("finishedAt").asText(""));
    String text =
        "container %s of %s/%s ended at %s with exit code %d%s %s"
            .formatted(
                status.path("name").asText(""),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""),
                end.path("finishedAt").asText("?"),
                code,
                reason.isEmpty() ? "" : " (" + reason + ")",
                container);
    LogLine line =
        new LogLine(text.strip(), number, finished, new Origin("", facts.build(), source.fields()));
    Sighting sighting = new Sighting("container", line);
    sighting.row().put(LogColumns.EXIT_CODE, code);
    if (!reason.isEmpty()) {
      sighting.row().put(LogColumns.TERMINATION_REASON, reason);
    }
    sighting.signal(signal == 0 ? SIGKILL : signal);
    Optional<Instant> started = Moment.of(end.path("startedAt").asText(""));
    if (started.isPresent() && finished.isPresent()) {
      sighting
          .row()
          .put(
              PlaceColumns.PROCESS_AGE_S,
              Math.max(0, Duration.between(started.get(), finished.get()).toSeconds()));
    }
    if (status.has("restartCount")) {
      sighting.extra("restart_count", status.path("restartCount").asText());
    }
    return Optional.of(sighting);
  }

  private static void put(CaseRow.Builder facts, Column<String> column, JsonNode text) {
    if (text.isTextual() && !text.asText().isEmpty()) {
      facts.put(column, text.asText());
    }
  }
}
