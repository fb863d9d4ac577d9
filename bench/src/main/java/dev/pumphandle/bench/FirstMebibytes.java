package dev.pumphandle.bench;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.CoreFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// What one would write without Pumphandle: a loop over a container with the SDK, which downloads
/// the first 4 MiB of each blob and reads headers and notes. Writes nothing.
public final class FirstMebibytes {
  private static final long FIRST = 4L << 20;
  private static final int AT_ONCE = 64;

  private FirstMebibytes() {}

  /// Runs it.
  ///
  /// @param arguments connection string, container, how many blobs
  public static void main(String[] arguments) throws InterruptedException {
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .connectionString(arguments[0])
            .buildClient()
            .getBlobContainerClient(arguments[1]);
    LongAdder bytes = new LongAdder();
    LongAdder threads = new LongAdder();
    Semaphore atOnce = new Semaphore(AT_ONCE);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      long left = Long.parseLong(arguments[2]);
      for (BlobItem blob : container.listBlobs()) {
        if (left-- == 0) {
          break;
        }
        atOnce.acquire();
        workers.execute(
            () -> {
              try {
                read(container, blob.getName(), bytes, threads);
              } catch (IOException e) {
                System.err.println(blob.getName() + ": " + e.getMessage());
              } finally {
                atOnce.release();
              }
            });
      }
    }
    System.out.println("bytes=" + bytes.sum() + " threads=" + threads.sum());
  }

  private static void read(
      BlobContainerClient container, String name, LongAdder bytes, LongAdder threads)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    container
        .getBlobClient(name)
        .downloadStreamWithResponse(
            out, new BlobRange(0, FIRST), null, null, false, null, Context.NONE);
    byte[] first = out.toByteArray();
    bytes.add(first.length);
    CoreFile core = CoreFile.open(ByteSource.of(name, ByteView.ofOwned(first, first.length)));
    threads.add(core.threads().size());
  }
}
