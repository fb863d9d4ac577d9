package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Width;
import java.util.ArrayList;
import java.util.List;

/// Who died, of which signal, where and when: one line for each.
final class Identity {
  private static final int NAME = 9;
  private static final List<String> PLACE =
      List.of(
          "host_name",
          "k8s_node_name",
          "k8s_pod_name",
          "k8s_cluster_name",
          "cloud_region",
          "host_type",
          "host_physical_id");

  private final PatientRow row;
  private final int columns;

  Identity(PatientRow row, int columns) {
    this.row = row;
    this.columns = columns;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(field("case", row.words("case_id", "?") + "  " + when()));
    lines.add(field("signal", signal()));
    lines.add(field("process", process()));
    List<String> place = new ArrayList<>();
    for (String column : PLACE) {
      row.words(column).ifPresent(place::add);
    }
    row.words("cpu_number").ifPresent(cpu -> place.add("cpu " + cpu));
    if (!place.isEmpty()) {
      lines.add(field("place", String.join(" / ", place)));
    }
    lines.add(field("object", row.words("object_uri", "?")));
    row.words("evidence_kinds")
        .ifPresent(
            kinds ->
                lines.add(
                    field(
                        "told by",
                        kinds.replace(" ", ", ")
                            + row.words("match_certainty")
                                .map(certainty -> " (" + certainty + ")")
                                .orElse(""))));
    String state = row.words("read_state", "?");
    if (!state.equals("complete")) {
      lines.add(field("", state));
    }
    return lines;
  }

  private String when() {
    return row.words("observed_at")
        .map(
            at ->
                at
                    + row.words("observed_at_from")
                        .map(from -> " (from the " + from + ")")
                        .orElse(""))
        .orElse("time unknown");
  }

  private String signal() {
    String name = row.words("signal_name", "no fatal signal");
    return name
        + row.words("signal_code").map(code -> " " + SignalCode.name(name, code)).orElse("")
        + row.words("fault_address").map(at -> ", address " + at).orElse("")
        + row.words("sender_pid").map(pid -> ", sent by pid " + pid).orElse("");
  }

  private String process() {
    return row.words("process_executable_name", "?")
        + row.words("service_version").map(version -> " " + version).orElse("")
        + row.words("process_pid").map(pid -> ", pid " + pid).orElse("")
        + row.words("crash_tid").map(tid -> ", tid " + tid).orElse("")
        + row.words("thread_name").map(name -> " (" + name + ")").orElse("")
        + row.words("thread_count")
            .map(n -> " of " + n + (n.equals("1") ? " thread" : " threads"))
            .orElse("");
  }

  private String field(String name, String text) {
    return Width.pad(name, NAME) + Width.cut(text, columns - NAME);
  }
}
