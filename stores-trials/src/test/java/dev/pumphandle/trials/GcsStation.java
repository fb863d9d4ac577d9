package dev.pumphandle.trials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.KeyUri;
import dev.pumphandle.stores.gcs.GcsCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// The part of Cloud Storage's JSON API that Pumphandle uses, in the API's own wire format.
///
/// Source: Cloud Storage JSON API v1, Objects: list and Objects: get.
final class GcsStation implements Station {
  private static final String BUCKET = "cores";
  private static final String OBJECTS = "/storage/v1/b/" + BUCKET + "/o";

  private record Stored(ByteView bytes, long generation, Map<String, String> metadata) {}

  private final HttpServer server;
  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private final AtomicLong generations = new AtomicLong(1_700_000_000_000_000L);

  private GcsStation() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  static GcsStation start() throws IOException {
    return new GcsStation();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      if (path.equals(OBJECTS)) {
        send(exchange, 200, list(query).getBytes(StandardCharsets.UTF_8));
      } else if (path.startsWith(OBJECTS + "/")) {
        get(exchange, decoded(path.substring(OBJECTS.length() + 1)), query);
      } else {
        send(exchange, 404, error(404, "notFound"));
      }
    }
  }

  private synchronized String list(Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("pageToken", "");
    int most = Integer.parseInt(query.getOrDefault("maxResults", "1000"));
    String delimiter = query.getOrDefault("delimiter", "");
    List<String> items = new ArrayList<>();
    TreeSet<String> prefixes = new TreeSet<>();
    String last = "";
    boolean more = false;
    for (Map.Entry<String, Stored> each : objects.tailMap(prefix).entrySet()) {
      String key = each.getKey();
      if (!key.startsWith(prefix)) {
        break;
      }
      if (key.compareTo(after) <= 0) {
        continue;
      }
      if (items.size() + prefixes.size() >= most) {
        more = true;
        break;
      }
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (cut >= 0) {
        prefixes.add(key.substring(0, cut + 1));
      } else {
        items.add(resource(key, each.getValue()));
      }
      last = key;
    }
    return "{\"kind\":\"storage#objects\",\"items\":["
        + String.join(",", items)
        + "],\"prefixes\":["
        + String.join(",", prefixes.stream().map(GcsStation::quoted).toList())
        + "]"
        + (more ? ",\"nextPageToken\":" + quoted(last) : "")
        + "}";
  }

  private void get(HttpExchange exchange, String key, Map<String, String> query)
      throws IOException {
    Stored stored;
    synchronized (this) {
      stored = objects.get(key);
    }
    if (stored == null) {
      send(exchange, 404, error(404, "notFound"));
      return;
    }
    if (!query.getOrDefault("alt", "json").equals("media")) {
      send(exchange, 200, resource(key, stored).getBytes(StandardCharsets.UTF_8));
      return;
    }
    String wanted = query.get("ifGenerationMatch");
    if (wanted != null && Long.parseLong(wanted) != stored.generation()) {
      send(exchange, 412, error(412, "conditionNotMet"));
      return;
    }
    String[] range =
        exchange.getRequestHeaders().getFirst("Range").replace("bytes=", "").split("-", -1);
    int from = Integer.parseInt(range[0]);
    int to = Math.min(stored.bytes().length(), Integer.parseInt(range[1]) + 1);
    if (from >= to) {
      send(exchange, 416, error(416, "requestedRangeNotSatisfiable"));
      return;
    }
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + stored.bytes().length());
    send(exchange, 206, stored.bytes().slice(from, to - from).toArray());
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String resource(String key, Stored stored) {
    List<String> metadata = new ArrayList<>();
    stored.metadata().forEach((k, v) -> metadata.add(quoted(k) + ":" + quoted(v)));
    return "{\"kind\":\"storage#object\",\"name\":"
        + quoted(key)
        + ",\"size\":\""
        + stored.bytes().length()
        + "\",\"generation\":\""
        + stored.generation()
        + "\",\"updated\":\""
        + Instant.ofEpochMilli(stored.generation() / 1000)
        + "\",\"metadata\":{"
        + String.join(",", metadata)
        + "}}";
  }

  private static byte[] error(int status, String reason) {
    return ("{\"error\":{\"code\":"
            + status
            + ",\"message\":\"no\",\"errors\":[{\"domain\":\"global\",\"reason\":\""
            + reason
            + "\"}]}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> found = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      int at = pair.indexOf('=');
      found.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
    }
    return found;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public String place(String prefix) {
    return "gs://" + BUCKET + "/" + KeyUri.encoded(prefix);
  }

  @Override
  public synchronized void put(String key, byte[] bytes, Map<String, String> metadata) {
    objects.put(key, new Stored(ByteView.of(bytes), generations.incrementAndGet(), metadata));
  }

  @Override
  public synchronized void delete(String key) {
    objects.remove(key);
  }

  @Override
  public Cloud cloud(int by) {
    return new GcsCloud(environment(by), Optional.empty(), false);
  }

  @Override
  public Map<String, String> environment(int by) {
    return Map.of("STORAGE_EMULATOR_HOST", "http://127.0.0.1:" + by);
  }

  @Override
  public Answer refusal(Trouble trouble) {
    return switch (trouble) {
      case THROTTLED -> answer(429, "rateLimitExceeded");
      case BUSY -> answer(503, "backendError");
      case BROKEN -> answer(500, "internalError");
      case EXPIRED -> answer(401, "authError");
      case FORBIDDEN -> answer(403, "forbidden");
      case GONE -> answer(404, "notFound");
      case CHANGED -> answer(412, "conditionNotMet");
    };
  }

  private static Answer answer(int status, String reason) {
    return new Answer(
        status,
        "Content-Type: application/json",
        new String(error(status, reason), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
