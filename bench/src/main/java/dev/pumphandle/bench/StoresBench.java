package dev.pumphandle.bench;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import dev.pumphandle.lab.forge.LargeCore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Whole runs over a container in Azurite: `pumphandle collect` beside a loop that downloads the
/// first 4 MiB of each blob. Prints one table; see `bench/run-stores`.
public final class StoresBench {
  /// By how much the lab's small cores are made larger: they would be read whole otherwise (bytes).
  private static final int HOLE = 8 << 20;

  /// The loop moves so many bytes that fewer blobs tell as much.
  private static final int BASELINE_BLOBS = 2000;

  private static final String CONTAINER = "cores";
  private static final String ACCOUNT = "devstoreaccount1";

  private final Path scratch;
  private final Path launcher;
  private final Path java;
  private final String connection;
  private final PrintStream out;

  private StoresBench(Path scratch, Path launcher, Path java, String connection, PrintStream out) {
    this.scratch = scratch;
    this.launcher = launcher;
    this.java = java;
    this.connection = connection;
    this.out = out;
  }

  /// Runs the benchmark.
  ///
  /// @param arguments directory of small real cores; how many blobs; launcher; java; key of the
  ///   emulator's account; scratch directory
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 6) {
      System.err.println(
          "usage: StoresBench CORES BLOBS LAUNCHER JAVA KEY SCRATCH; see bench/run-stores");
      System.exit(2);
    }
    Path scratch = Files.createDirectories(Path.of(arguments[5]));
    int port = freePort();
    Process azurite =
        new ProcessBuilder(
                "azurite-blob",
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--location",
                scratch.resolve("azurite").toString(),
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await(port, azurite);
      String connection =
          "AccountName="
              + ACCOUNT
              + ";AccountKey="
              + arguments[4]
              + ";BlobEndpoint=http://127.0.0.1:"
              + port
              + "/"
              + ACCOUNT
              + ";";
      new StoresBench(scratch, Path.of(arguments[2]), Path.of(arguments[3]), connection, System.out)
          .run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    } finally {
      azurite.destroy();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void await(int port, Process server) throws InterruptedException {
    for (int i = 0; i < 300 && server.isAlive(); i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException _) {
        Thread.sleep(100);
      }
    }
  }

  private void run(Path cores, int count) throws IOException, InterruptedException {
    double megabytes = fill(cores, count) / 1e6;
    out.printf(Locale.ROOT, "%d blobs of %.1f MB each on average, in Azurite%n", count, megabytes);
    out.printf(
        Locale.ROOT,
        "%-36s %8s %10s %14s %14s %9s%n",
        "",
        "blobs",
        "blobs/s",
        "requests/blob",
        "bytes/blob",
        "RSS MB");
    int few = Math.min(count, BASELINE_BLOBS);
    Child loop =
        Child.run(
            scratch,
            Map.of(),
            List.of(
                java.toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                FirstMebibytes.class.getName(),
                connection,
                CONTAINER,
                Integer.toString(few)));
    print("SDK loop, first 4 MiB, headers only", few, loop, few, figure(loop.output(), "bytes="));

    Child whole = collect("workspace");
    long gets = figure(whole.output(), "requests_get,");
    print(
        "pumphandle collect, whole run",
        count,
        whole,
        gets,
        figure(whole.output(), "bytes_fetched,"));
    Child again = collect("workspace");
    print("pumphandle collect, nothing new", count, again, 0, 0);
    out.printf(
        Locale.ROOT,
        "exit %d, %d complete rows, %d listings, %d repeated%n",
        whole.exitCode(),
        figure(whole.output(), "complete,"),
        figure(whole.output(), "requests_list,"),
        figure(whole.output(), "requests_repeated,"));
    interrupted();
  }

  private Child collect(String workspace) throws IOException, InterruptedException {
    Path where = scratch.resolve(workspace);
    if (!Files.exists(where)) {
      Child.run(scratch, Map.of(), List.of(launcher.toString(), "init", where.toString()));
    }
    return Child.run(
        scratch, Map.of("AZURE_STORAGE_CONNECTION_STRING", connection), command(where));
  }

  private List<String> command(Path workspace) {
    return List.of(
        launcher.toString(),
        "collect",
        "--workspace",
        workspace.toString(),
        "-o",
        "csv",
        "az://" + ACCOUNT + "/" + CONTAINER + "/");
  }

  /// How long Ctrl-C takes, and whether what was finished is there.
  private void interrupted() throws IOException, InterruptedException {
    Path workspace = scratch.resolve("interrupted");
    Child.run(scratch, Map.of(), List.of(launcher.toString(), "init", workspace.toString()));
    ProcessBuilder builder = new ProcessBuilder(command(workspace));
    builder.directory(scratch.toFile());
    builder.environment().put("AZURE_STORAGE_CONNECTION_STRING", connection);
    Path told = scratch.resolve("interrupted.csv");
    builder.redirectOutput(told.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    if (process.waitFor(6, TimeUnit.SECONDS)) {
      out.println("Ctrl-C: the run was over before it came");
      return;
    }
    long began = System.nanoTime();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    process.waitFor();
    double seconds = (System.nanoTime() - began) / 1e9;
    Child rows =
        Child.run(
            scratch,
            Map.of(),
            List.of(
                launcher.toString(),
                "sql",
                "--workspace",
                workspace.toString(),
                "-o",
                "csv",
                "select count(*) as n from cases"));
    out.printf(
        Locale.ROOT,
        "Ctrl-C after 6 s: ended in %.2f s with exit %d; %s rows told, %s stored%n",
        seconds,
        process.exitValue(),
        figure(Files.readString(told), "stored,"),
        rows.output().lines().skip(1).findFirst().orElse("?"));
  }

  private void print(String what, int blobs, Child child, long requests, long bytes) {
    out.printf(
        Locale.ROOT,
        "%-36s %8d %10.1f %14.2f %14.0f %9.0f%n",
        what,
        blobs,
        blobs / child.wallSeconds(),
        (double) requests / blobs,
        (double) bytes / blobs,
        child.peakBytes() / 1e6);
  }

  private static long figure(String output, String key) {
    int at = output.indexOf(key);
    if (at < 0) {
      return 0;
    }
    String rest = output.substring(at + key.length());
    return Long.parseLong(rest.replaceFirst("(?s)[^0-9].*", ""));
  }

  /// Uploads the originals, and copies them within the server.
  private double fill(Path cores, int count) throws IOException, InterruptedException {
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .connectionString(connection)
            .buildClient()
            .getBlobContainerClient(CONTAINER);
    BlobContainerClient originals =
        new BlobServiceClientBuilder()
            .connectionString(connection)
            .buildClient()
            .getBlobContainerClient("originals");
    container.create();
    originals.create();
    List<String> sources = new ArrayList<>();
    long bytes = 0;
    BlobServiceSasSignatureValues reading =
        new BlobServiceSasSignatureValues(
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(1),
            new BlobSasPermission().setReadPermission(true));
    for (Path core : Corpus.cores(cores)) {
      byte[] large = LargeCore.of(Files.readAllBytes(core), HOLE);
      bytes += large.length;
      var blob = originals.getBlobClient(core.getFileName().toString());
      blob.upload(BinaryData.fromBytes(large));
      sources.add(blob.getBlobUrl() + "?" + blob.generateSas(reading));
    }
    Semaphore atOnce = new Semaphore(16);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        String source = sources.get(i % sources.size());
        String name =
            String.format(
                Locale.ROOT, "core.patient.%d.%d.host%d", 1000 + i, 1_767_225_600L + i, i % 97);
        atOnce.acquire();
        workers.execute(
            () -> {
              try {
                container.getBlobClient(name).copyFromUrl(source);
              } finally {
                atOnce.release();
              }
            });
      }
    }
    return (double) bytes / sources.size();
  }
}
