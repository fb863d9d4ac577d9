package dev.pumphandle.trials;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/// Stands between a client and a station, writes down every request, and does to it what it is told
/// to.
///
/// One request a connection; requests carry no body, as reading needs none.
final class FaultProxy implements AutoCloseable {

  /// A request that came by.
  ///
  /// @param method its method
  /// @param target its path and query
  /// @param range its range as `first-last`, or empty
  record Request(String method, String target, String range) {

    /// Whether it asks for bytes of an object.
    boolean reads() {
      return !range.isEmpty();
    }
  }

  private final Station station;
  private final ServerSocket server;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private volatile Function<Request, Fault> faults = _ -> new Fault.None();

  FaultProxy(Station station) throws IOException {
    this.station = station;
    this.server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Decides what to do to each request from now on.
  void does(Function<Request, Fault> decision) {
    faults = decision;
  }

  /// The requests so far, in the order of their coming.
  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      Request request = request(head);
      requests.add(request);
      act(faults.apply(request), head, client);
    } catch (IOException | UncheckedIOException _) {
      // The client has gone, or the fault was to break the connection.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void act(Fault fault, String head, Socket client)
      throws IOException, InterruptedException {
    OutputStream out = client.getOutputStream();
    switch (fault) {
      case Fault.None _ -> out.write(answer(head));
      case Fault.Says(Station.Trouble trouble, int retryAfter) ->
          out.write(refusal(trouble, retryAfter, head.startsWith("HEAD")));
      case Fault.Reset _ -> client.setSoLinger(true, 0);
      case Fault.ResetInBody _ -> {
        byte[] answer = answer(head);
        out.write(answer, 0, bodyAt(answer) + (answer.length - bodyAt(answer)) / 2);
        out.flush();
        Thread.sleep(20);
        client.setSoLinger(true, 0);
      }
      case Fault.CutShort _ -> {
        byte[] answer = answer(head);
        out.write(answer, 0, bodyAt(answer) + (answer.length - bodyAt(answer)) / 2);
      }
      case Fault.WrongLength _ -> out.write(halved(answer(head)));
      case Fault.Slow(int millis) -> {
        byte[] answer = answer(head);
        int from = bodyAt(answer);
        int steps = millis / 50;
        for (int i = 0; i < steps && from + i < answer.length; i++) {
          out.write(answer, i == 0 ? 0 : from + i - 1, i == 0 ? from : 1);
          out.flush();
          Thread.sleep(50);
        }
        int sent = Math.min(answer.length, from + Math.max(0, steps - 1));
        out.write(answer, sent, answer.length - sent);
      }
      case Fault.Hang _ -> Thread.sleep(Duration.ofSeconds(60));
    }
    out.flush();
  }

  private byte[] answer(String head) throws IOException {
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), station.port())) {
      String asked =
          head.replaceAll("(?im)^(connection|upgrade|http2-settings):.*\r\n", "")
              .replaceFirst("\r\n", "\r\nConnection: close\r\n");
      upstream.getOutputStream().write(asked.getBytes(StandardCharsets.ISO_8859_1));
      upstream.getOutputStream().flush();
      return upstream.getInputStream().readAllBytes();
    }
  }

  private byte[] refusal(Station.Trouble trouble, int retryAfter, boolean withoutBody) {
    Station.Answer said = station.refusal(trouble);
    StringBuilder text = new StringBuilder("HTTP/1.1 " + said.status() + " No\r\n");
    text.append("Connection: close\r\n").append(said.header()).append("\r\n");
    if (retryAfter >= 0) {
      text.append("Retry-After: ").append(retryAfter).append("\r\n");
    }
    text.append("Content-Length: ").append(said.body().length()).append("\r\n\r\n");
    if (!withoutBody) {
      text.append(said.body());
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// An answer with half its body, and a head that says so.
  private static byte[] halved(byte[] answer) {
    int at = bodyAt(answer);
    int half = (answer.length - at) / 2;
    String head =
        new String(answer, 0, at, StandardCharsets.ISO_8859_1)
            .replaceAll("(?im)^content-length:.*\r\n", "Content-Length: " + half + "\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(Arrays.copyOfRange(answer, at, at + half));
    return bytes.toByteArray();
  }

  private static int bodyAt(byte[] answer) {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("\r\n\r\n");
    return at < 0 ? answer.length : at + 4;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      text.append((char) b);
    }
    return text.toString();
  }

  private static Request request(String head) {
    String[] first = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    String range = "";
    for (String line : head.split("\r\n", -1)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("range:") || lower.startsWith("x-ms-range:")) {
        range = lower.substring(lower.indexOf("bytes=") + 6).strip();
      }
    }
    return new Request(first[0], first[1], range);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
