package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.linelist.FleetChange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a cloud does to its machines: Azure's scheduled events (one document of the metadata
/// service), Google's operations that hosts cause, Amazon's events of instances.
///
/// Source: Azure Instance Metadata Service, Scheduled Events 2020-07-01 (`DocumentIncarnation`,
/// `Events`: EventType, Resources, NotBefore, Description, EventSource); Compute Engine API v1,
/// Operation (`operationType`, `targetLink`, `startTime`); Amazon EC2 API, DescribeInstanceStatus
/// (`Events`: Code, Description, NotBefore).
final class CloudEvents implements JsonChanges.Dialect {

  private static final String KIND = "scheduled-event";

  private static final Pattern SCALE_SET = Pattern.compile("(.*vmss)_(\\d+)");

  /// What the host did, not what a user asked for.
  private static final Pattern BY_THE_HOST =
      Pattern.compile(
          "compute\\.instances\\."
              + "(hostError|migrateOnHostMaintenance|terminateOnHostMaintenance|preempted"
              + "|automaticRestart|repair\\w*)");

  private final Given given;

  CloudEvents(Given given) {
    this.given = given;
  }

  @Override
  public boolean knows(ObjectNode object) {
    return object.has("DocumentIncarnation")
        || object.path("kind").asText().equals("compute#operation")
        || object.path("InstanceStatuses").isArray();
  }

  @Override
  public void read(ObjectNode object, long line, JsonChanges.Changes changes)
      throws FleetFormatException {
    if (object.has("DocumentIncarnation")) {
      azure(object, line, changes);
    } else if (object.has("InstanceStatuses")) {
      amazon(object, line, changes);
    } else {
      google(object, line, changes);
    }
  }

  private void azure(ObjectNode document, long line, JsonChanges.Changes changes)
      throws FleetFormatException {
    for (JsonNode event : document.path("Events")) {
      // Empty once the event has begun: then it is now.
      String notBefore = event.path("NotBefore").asText();
      Instant at = notBefore.isEmpty() ? given.moment() : moment(notBefore, line);
      String description = event.path("Description").asText();
      for (JsonNode machine : event.path("Resources")) {
        String what =
            event.path("EventType").asText() + (description.isEmpty() ? "" : ": " + description);
        changes.add(event(at, what, "", node(machine.asText())));
      }
    }
  }

  /// The name of a node by the name of a machine in a scale set.
  ///
  /// Folklore: Azure calls the machine `…vmss_12`, Kubernetes the node `…vmss00000c`: the number in
  /// base 36, six digits. Source: Azure documentation, "Understand instance IDs for Virtual Machine
  /// Scale Set VMs", computer names. Test: aMachineOfAScaleSetIsItsNode.
  private static String node(String machine) {
    Matcher member = SCALE_SET.matcher(machine);
    if (!member.matches() || member.group(2).length() > 9) {
      return machine;
    }
    String digits = Integer.toString(Integer.parseInt(member.group(2)), 36);
    return member.group(1) + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  private void amazon(ObjectNode answer, long line, JsonChanges.Changes changes)
      throws FleetFormatException {
    for (JsonNode status : answer.path("InstanceStatuses")) {
      String zone = status.path("AvailabilityZone").asText();
      for (JsonNode event : status.path("Events")) {
        changes.add(
            event(
                moment(event.path("NotBefore").asText(), line),
                event.path("Code").asText() + ": " + event.path("Description").asText(),
                zone.replaceFirst("[a-z]$", ""),
                status.path("InstanceId").asText()));
      }
    }
  }

  private void google(ObjectNode operation, long line, JsonChanges.Changes changes)
      throws FleetFormatException {
    Matcher type = BY_THE_HOST.matcher(operation.path("operationType").asText());
    if (!type.matches()) {
      return;
    }
    String zone = last(operation.path("zone").asText());
    String at = operation.path("startTime").asText(operation.path("insertTime").asText());
    changes.add(
        event(
            moment(at, line),
            type.group(1),
            zone.contains("-") ? zone.substring(0, zone.lastIndexOf('-')) : "",
            last(operation.path("targetLink").asText())));
  }

  private FleetChange event(Instant at, String what, String region, String node) {
    return new FleetChange(
        at,
        KIND,
        what,
        given.cluster(),
        Optional.of(region).filter(text -> !text.isEmpty()),
        Optional.of(node).filter(text -> !text.isEmpty()),
        Optional.empty());
  }

  /// Clouds write moments as the rest of the world does, or as HTTP does.
  private Instant moment(String text, long line) throws FleetFormatException {
    Optional<Instant> written = Moments.parse(text);
    if (written.isPresent()) {
      return written.get();
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
          .toInstant();
    } catch (DateTimeException _) {
      throw FleetFormatException.at(
          given.source(), line, "expected a moment, found '" + text + "'");
    }
  }

  private static String last(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
