package dev.pumphandle.app.denylist;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The list for those who can act on it.
public enum Rendering {
  NAMES,
  JSON,
  CSV,
  TAINT,
  CONDITION,
  NPD,
  GCP,
  AZURE,
  SQL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A node that lives on a denied host now.
  ///
  /// @param node its name
  /// @param host the physical host
  /// @param reason why that is denied
  public record Resident(String node, String host, String reason) {}

  /// The text: data, or commands to be read and run by a person.
  public String of(List<Resident> residents) {
    return switch (this) {
      case NAMES -> each(residents, r -> r.node());
      case JSON ->
          "["
              + residents.stream()
                  .map(
                      r ->
                          "{\"node\": "
                              + quoted(r.node())
                              + ", \"host\": "
                              + quoted(r.host())
                              + ", \"reason\": "
                              + quoted(r.reason())
                              + "}")
                  .collect(Collectors.joining(",\n "))
              + "]\n";
      case CSV ->
          "node,host,reason\n"
              + each(
                  residents, r -> cell(r.node()) + "," + cell(r.host()) + "," + cell(r.reason()));
      case TAINT ->
          each(
              residents,
              r ->
                  "kubectl taint nodes "
                      + shell(r.node())
                      + " pumphandle/suspect-host="
                      + shell(label(r.host()))
                      + ":NoSchedule");
      case CONDITION ->
          each(
              residents,
              r ->
                  "kubectl patch node "
                      + shell(r.node())
                      + " --subresource=status --type=merge -p "
                      + shell(
                          "{\"status\":{\"conditions\":[{\"type\":\"SuspectHost\",\"status\":\"True\","
                              + "\"reason\":\"Pumphandle\",\"message\":"
                              + quoted(r.reason())
                              + "}]}}"));
      case NPD ->
          each(
              residents,
              r ->
                  "# on "
                      + r.node()
                      + ": node-problem-detector, custom plugin output\n"
                      + "SuspectHost=True # "
                      + r.reason());
      case GCP ->
          each(
              residents,
              r ->
                  "gcloud compute instances stop "
                      + shell(r.node())
                      + "   # starts on another host");
      case AZURE ->
          each(
              residents,
              r ->
                  "az vm redeploy --name "
                      + shell(r.node())
                      + " --resource-group \"$RESOURCE_GROUP\"");
      case SQL ->
          residents.isEmpty()
              ? "false\n"
              : "k8s_node_name IN ("
                  + residents.stream()
                      .map(r -> "'" + r.node().replace("'", "''") + "'")
                      .collect(Collectors.joining(", "))
                  + ")\n";
    };
  }

  private static String each(
      List<Resident> residents, java.util.function.Function<Resident, String> line) {
    return residents.stream().map(r -> line.apply(r) + "\n").collect(Collectors.joining());
  }

  private static String quoted(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }

  private static String cell(String text) {
    return text.matches("[^,\"\n\r]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static String shell(String text) {
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  // What Kubernetes takes as the value of a taint.
  private static String label(String text) {
    String cleaned = text.replaceAll("[^A-Za-z0-9_.-]", "-");
    return cleaned.substring(0, Math.min(63, cleaned.length()));
  }
}
