package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is told of an outbreak, in which words.
class WatchReceiversTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private WatchedFleet fleet;

  @BeforeEach
  void anOutbreakAfterThreeQuietMonths() throws IOException {
    fleet = new WatchedFleet(directory);
    fleet.outbreak();
  }

  @Test
  void aWebhookGetsWhatAlertmanagerWouldSend() throws IOException {
    try (Receiver receiver = new Receiver(200)) {
      Ran ran = fleet.watch("--webhook", receiver.url("/hook?key=s3cret"));

      assertThat(ran.err()).doesNotContain("s3cret");
      assertThat(receiver.bodies).hasSize(1);
      JsonNode body = JSON.readTree(receiver.bodies.getFirst());
      assertThat(body.path("version").asText()).isEqualTo("4");
      assertThat(body.path("status").asText()).isEqualTo("firing");
      assertThat(body.path("alerts").get(0).path("labels").path("label").asText())
          .isEqualTo("return-to-null");
      assertThat(body.path("alerts").get(0).path("fingerprint").asText()).hasSize(16);

      fleet.watch("--webhook", receiver.url("/hook?key=s3cret"));
      assertThat(receiver.bodies).as("told once").hasSize(1);
    }
  }

  @Test
  void whatAReceiverDoesNotTakeIsKeptForTheNextLook() throws IOException {
    try (Receiver receiver = new Receiver(503)) {
      Ran refused = fleet.watch("--webhook", receiver.url("/hook?key=s3cret"));
      assertThat(refused.code()).isZero();
      assertThat(refused.err())
          .contains("webhook 127.0.0.1: expected a status of 2xx, found 503")
          .doesNotContain("s3cret");

      receiver.status.set(200);
      fleet.watch("--webhook", receiver.url("/hook"));
      assertThat(receiver.bodies).hasSize(2);
      fleet.watch("--webhook", receiver.url("/hook"));
      assertThat(receiver.bodies).hasSize(2);
    }
  }

  @Test
  void anAlertmanagerIsToldAtEachLookThatItGoesOn() throws IOException {
    try (Receiver receiver = new Receiver(200)) {
      fleet.watch("--alertmanager", receiver.url("/"));
      fleet.watch("--alertmanager", receiver.url("/"));

      assertThat(receiver.paths).containsOnly("/api/v2/alerts");
      assertThat(receiver.bodies).hasSize(2);
      JsonNode alert = JSON.readTree(receiver.bodies.getFirst()).get(0);
      assertThat(Instant.parse(alert.path("endsAt").asText())).isAfter(Instant.now());
    }
  }

  @Test
  void theAddressMayStandInTheEnvironmentAndTheTokenGoesWithIt() throws IOException {
    try (Receiver receiver = new Receiver(200)) {
      Ran.run(
          directory,
          "",
          new Surroundings.Screen(false, 80, false),
          Map.of(
              "PUMPHANDLE_WEBHOOK_URL", receiver.url("/hook"), "PUMPHANDLE_WEBHOOK_TOKEN", "t0ken"),
          "watch",
          "--once",
          "--since",
          "20h");

      assertThat(receiver.authorizations).containsExactly("Bearer t0ken");
    }
  }

  /// Takes whatever is posted.
  private static final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger status;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    Receiver(int status) throws IOException {
      this.status = new AtomicInteger(status);
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            paths.add(exchange.getRequestURI().getPath());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
              authorizations.add(authorization);
            }
            exchange.sendResponseHeaders(this.status.get(), -1);
            exchange.close();
          });
      server.start();
    }

    String url(String path) {
      return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
