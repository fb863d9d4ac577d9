package dev.pumphandle.trials;

import dev.pumphandle.stores.bucket.Cloud;
import java.io.IOException;
import java.util.Map;

/// A server of one cloud's protocol on loopback, with one empty bucket to fill.
interface Station extends AutoCloseable {

  /// Where it listens.
  int port();

  /// The place of everything in the bucket whose name begins so.
  String place(String prefix);

  /// Writes an object.
  void put(String key, byte[] bytes, Map<String, String> metadata) throws Exception;

  /// Removes an object.
  void delete(String key) throws Exception;

  /// The cloud as reached by a port: the server's own, or a proxy's.
  Cloud cloud(int port);

  /// What the environment says to reach the server by a port.
  Map<String, String> environment(int port);

  /// What a workspace's settings say besides.
  default String settings() {
    return "";
  }

  /// How the cloud words a refusal: headers and body of an answer.
  Answer refusal(Trouble trouble);

  @Override
  void close() throws IOException;

  /// Words of a refusal.
  ///
  /// @param status the HTTP status
  /// @param header a header line, or empty
  /// @param body the body
  record Answer(int status, String header, String body) {}

  /// What a store may say.
  enum Trouble {
    THROTTLED,
    BUSY,
    BROKEN,
    EXPIRED,
    FORBIDDEN,
    GONE,
    CHANGED
  }
}
