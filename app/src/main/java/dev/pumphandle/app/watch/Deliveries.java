package dev.pumphandle.app.watch;

import dev.pumphandle.app.Version;
import dev.pumphandle.app.watch.WatchState.Delivery;
import dev.pumphandle.app.watch.WatchState.Receiver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Alerts to those who take them over HTTP. What is not taken is kept and tried again at the next
/// look: a receiver may see an alert twice, with the same fingerprint, but misses none.
///
/// An address may be a secret (many receivers have the key in it): only its host is ever said.
final class Deliveries implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<Receiver, URI> receivers;
  private final Optional<String> token;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final List<String> problems = new ArrayList<>();

  /// @param receivers where each receiver is
  /// @param token what is sent as bearer token, if anything
  Deliveries(Map<Receiver, URI> receivers, Optional<String> token) {
    this.receivers = new LinkedHashMap<>(receivers);
    this.token = token;
  }

  /// What is to be delivered after a look: what is outstanding, what is new, and to an Alertmanager
  /// all that goes on.
  List<Delivery> due(WatchState state) {
    Set<Delivery> due = new LinkedHashSet<>(state.undelivered());
    for (Receiver receiver : receivers.keySet()) {
      for (Alert alert : state.alerts()) {
        boolean begins = !alert.told();
        boolean ends = !alert.active() && !alert.endTold();
        if (begins || ends || (alert.active() && receiver == Receiver.ALERTMANAGER)) {
          due.add(new Delivery(receiver, alert.fingerprint(), !alert.active()));
        }
      }
    }
    return List.copyOf(due);
  }

  /// Delivers.
  ///
  /// @param lasting how long an alert goes on if nothing more is heard
  /// @return what was not taken
  List<Delivery> deliver(WatchState state, List<Delivery> due, Instant now, Duration lasting) {
    problems.clear();
    List<Delivery> left = new ArrayList<>();
    for (Delivery each : due) {
      URI address = receivers.get(each.receiver());
      Optional<Alert> alert =
          state.alerts().stream().filter(a -> a.fingerprint().equals(each.alert())).findFirst();
      if (address == null) {
        left.add(each); // not asked for in this run: kept for one that asks
      } else if (alert.isPresent() && !taken(each.receiver(), address, alert.get(), now, lasting)) {
        left.add(each);
      }
    }
    return left;
  }

  /// What went wrong at the last delivery, one sentence for each receiver.
  List<String> problems() {
    return problems.stream().distinct().toList();
  }

  private boolean taken(
      Receiver receiver, URI address, Alert alert, Instant now, Duration lasting) {
    String to = receiver.name().toLowerCase(java.util.Locale.ROOT) + " " + address.getHost();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .header("User-Agent", "pumphandle/" + Version.current())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body(receiver, alert, now, lasting)));
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) {
        return true;
      }
      problems.add(to + ": expected a status of 2xx, found " + status + "; kept for the next look");
    } catch (IOException e) {
      problems.add(to + ": not reached (" + why(e) + "); kept for the next look");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  // The client's exceptions have no message where nobody listens, or a name has no address.
  private static String why(IOException problem) {
    return switch (problem) {
      case HttpTimeoutException _ -> "no answer in " + PATIENCE.toSeconds() + " s";
      case ConnectException unreachable ->
          unreachable.getCause() instanceof ConnectException inner
                  && inner.getCause() instanceof UnresolvedAddressException
              ? "the name has no address"
              : "nobody listens there";
      default ->
          problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    };
  }

  private static byte[] body(Receiver receiver, Alert alert, Instant now, Duration lasting)
      throws IOException {
    return switch (receiver) {
      case WEBHOOK -> Payload.forWebhook(alert);
      case ALERTMANAGER -> Payload.forAlertmanager(alert, now, lasting);
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
