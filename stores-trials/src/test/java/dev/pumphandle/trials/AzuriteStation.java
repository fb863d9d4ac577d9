package dev.pumphandle.trials;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import dev.pumphandle.stores.azure.AzureCloud;
import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.KeyUri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Azurite, Microsoft's own emulator (npm package `azurite`), in memory.
final class AzuriteStation implements Station {
  private static final String ACCOUNT = "devstoreaccount1";

  /// The key that every emulator has.
  ///
  /// Source: Microsoft Learn, "Use the Azurite emulator", well-known storage account and key.
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final Process server;
  private final int port;
  private final String container = "cores-" + UUID.randomUUID();
  private final BlobContainerClient client;

  private AzuriteStation(Process server, int port) {
    this.server = server;
    this.port = port;
    this.client =
        new BlobServiceClientBuilder()
            .connectionString(connection(port))
            .buildClient()
            .getBlobContainerClient(container);
    client.create();
  }

  /// Starts one; skips the test aloud where Azurite is not installed.
  static AzuriteStation start() throws IOException, InterruptedException {
    Optional<Path> program =
        Stream.of(System.getenv("PATH").split(":", -1))
            .map(directory -> Path.of(directory, "azurite-blob"))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(
        program.isPresent(), "azurite-blob is not installed: npm install -g azurite");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process server =
        new ProcessBuilder(
                List.of(
                    program.get().toString(),
                    "--blobHost",
                    "127.0.0.1",
                    "--blobPort",
                    Integer.toString(port),
                    "--inMemoryPersistence",
                    "--skipApiVersionCheck",
                    "--disableTelemetry",
                    "--silent"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
    for (int i = 0; i < 300 && server.isAlive() && !listens(port); i++) {
      Thread.sleep(100);
    }
    return new AzuriteStation(server, port);
  }

  private static boolean listens(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static String connection(int port) {
    return "AccountName="
        + ACCOUNT
        + ";AccountKey="
        + KEY
        + ";DefaultEndpointsProtocol=http;BlobEndpoint=http://127.0.0.1:"
        + port
        + "/"
        + ACCOUNT
        + ";";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String place(String prefix) {
    return "az://" + ACCOUNT + "/" + container + "/" + KeyUri.encoded(prefix);
  }

  @Override
  public void put(String key, byte[] bytes, Map<String, String> metadata) {
    client
        .getBlobClient(key)
        .uploadWithResponse(
            new BlobParallelUploadOptions(BinaryData.fromBytes(bytes)).setMetadata(metadata),
            null,
            null);
  }

  @Override
  public void delete(String key) {
    client.getBlobClient(key).delete();
  }

  @Override
  public Cloud cloud(int by) {
    return new AzureCloud(environment(by), Optional.empty(), false);
  }

  @Override
  public Map<String, String> environment(int by) {
    return Map.of("AZURE_STORAGE_CONNECTION_STRING", connection(by));
  }

  @Override
  public Answer refusal(Trouble trouble) {
    return switch (trouble) {
      case THROTTLED -> answer(429, "TooManyRequests");
      case BUSY -> answer(503, "ServerBusy");
      case BROKEN -> answer(500, "InternalError");
      case EXPIRED -> answer(401, "InvalidAuthenticationInfo");
      case FORBIDDEN -> answer(403, "AuthorizationPermissionMismatch");
      case GONE -> answer(404, "BlobNotFound");
      case CHANGED -> answer(412, "ConditionNotMet");
    };
  }

  private static Answer answer(int status, String code) {
    return new Answer(status, "x-ms-error-code: " + code, "");
  }

  @Override
  public void close() {
    server.destroy();
  }
}
