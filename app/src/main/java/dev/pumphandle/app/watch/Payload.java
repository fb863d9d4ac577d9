package dev.pumphandle.app.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Alerts in Alertmanager's own formats.
///
/// Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config (version 4 of
/// what a webhook gets); Alertmanager's api/v2/openapi.yaml, `postableAlerts` (what an Alertmanager
/// takes).
final class Payload {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "PumphandleRecurrence";

  private Payload() {}

  /// What a receiver of Alertmanager's webhooks gets.
  static byte[] forWebhook(Alert alert) throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("version", "4");
    tree.put("groupKey", "{}:{alertname=\"" + NAME + "\", id=\"" + alert.fingerprint() + "\"}");
    tree.put("truncatedAlerts", 0);
    tree.put("status", status(alert));
    tree.put("receiver", "pumphandle");
    tree.putObject("groupLabels").put("alertname", NAME);
    labels(tree.putObject("commonLabels"), alert);
    annotations(tree.putObject("commonAnnotations"), alert);
    tree.put("externalURL", "");
    ObjectNode one = tree.putArray("alerts").addObject();
    one.put("status", status(alert));
    labels(one.putObject("labels"), alert);
    annotations(one.putObject("annotations"), alert);
    one.put("startsAt", alert.since().toString());
    // Go's zero time is what Alertmanager writes while an alert goes on.
    one.put("endsAt", alert.resolvedAt().map(Instant::toString).orElse("0001-01-01T00:00:00Z"));
    one.put("generatorURL", "");
    one.put("fingerprint", alert.fingerprint().replace("-", "").substring(0, 16));
    return JSON.writeValueAsBytes(tree);
  }

  /// What an Alertmanager takes. It forgets an alert that is not posted again before it ends, so
  /// each look posts those that go on.
  ///
  /// @param lasting how long it goes on if nothing more is heard
  static byte[] forAlertmanager(Alert alert, Instant now, Duration lasting) throws IOException {
    ArrayNode tree = JSON.createArrayNode();
    ObjectNode one = tree.addObject();
    labels(one.putObject("labels"), alert);
    annotations(one.putObject("annotations"), alert);
    one.put("startsAt", alert.since().toString());
    one.put("endsAt", alert.resolvedAt().orElse(now.plus(lasting)).toString());
    return JSON.writeValueAsBytes(tree);
  }

  private static String status(Alert alert) {
    return alert.active() ? "firing" : "resolved";
  }

  private static void labels(ObjectNode labels, Alert alert) {
    labels.put("alertname", NAME);
    labels.put("label", alert.stream().label());
    if (!alert.stream().region().isEmpty()) {
      labels.put("region", alert.stream().region());
    }
    labels.put("severity", "warning");
  }

  private static void annotations(ObjectNode annotations, Alert alert) {
    annotations.put("summary", alert.stream().words() + ": " + AlertWords.counted(alert));
    annotations.put("description", AlertWords.sentence(alert));
    annotations.put("hosts", AlertWords.hosts(alert));
  }
}
