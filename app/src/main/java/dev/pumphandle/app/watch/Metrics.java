package dev.pumphandle.app.watch;

import dev.pumphandle.registry.WholeFile;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/// What the last look saw, for Prometheus: served over HTTP, or written for node_exporter's
/// textfile collector.
final class Metrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Gauge observed =
      gauge("pumphandle_watch_observed_cases", "Cases since the watch of the stream began.");
  private final Gauge expected =
      gauge("pumphandle_watch_expected_cases", "Cases that the past lets one expect in that time.");
  private final Gauge hosts =
      gauge("pumphandle_watch_hosts", "Hosts with cases since the watch of the stream began.");
  private final Gauge newHosts =
      gauge("pumphandle_watch_new_hosts", "Hosts of these that never had such a case before.");
  private final Gauge alert =
      gauge("pumphandle_watch_alert", "1 while an alert of the stream goes on, else 0.");
  private final Gauge lastLook =
      Gauge.builder()
          .name("pumphandle_watch_last_look_timestamp_seconds")
          .help("When the last look was.")
          .register(registry);
  private final Gauge undelivered =
      Gauge.builder()
          .name("pumphandle_watch_undelivered_alerts")
          .help("Alerts that a receiver has not taken yet.")
          .register(registry);
  private final Counter raised =
      Counter.builder()
          .name("pumphandle_watch_alerts_total")
          .help("Alerts raised.")
          .register(registry);

  private Gauge gauge(String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames("label", "region").register(registry);
  }

  /// Takes over what a look saw.
  void take(LookResult look, int notTaken) {
    for (Gauge each : new Gauge[] {observed, expected, hosts, newHosts, alert}) {
      each.clear();
    }
    for (StreamLook each : look.streams()) {
      String[] names = {each.stream().label(), each.stream().region()};
      observed.labelValues(names).set(each.observed());
      expected.labelValues(names).set(each.expected());
      hosts.labelValues(names).set((double) each.hosts());
      newHosts.labelValues(names).set((double) each.newHosts());
      alert.labelValues(names).set(each.alert().isPresent() ? 1 : 0);
    }
    lastLook.set(look.at().toEpochMilli() / 1000.0);
    undelivered.set(notTaken);
    raised.inc(look.state().raised() - raised.get());
  }

  /// Writes them into a file, whole or not at all.
  void write(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    WholeFile.write(file, out.toByteArray());
  }

  /// Serves them until closed.
  HTTPServer serve(InetAddress address, int port) throws IOException {
    return HTTPServer.builder().inetAddress(address).port(port).registry(registry).buildAndStart();
  }
}
