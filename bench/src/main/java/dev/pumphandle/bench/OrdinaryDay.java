package dev.pumphandle.bench;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A day of ordinary logs as a stream, with crashes planted in it: nothing is kept on disk.
///
/// The lines are those of services, proxies, databases, kubelets and kernels; one in a few hundred
/// talks of signals, panics, failures and segments without telling of a death.
final class OrdinaryDay extends InputStream {

  private static final int BLOCKS = 8;
  private static final int BLOCK = 8 << 20;

  private static final List<String> SHAPES =
      List.of(
          "%3$s nginx[812]: 10.0.%1$d.%2$d - - \"GET /api/v1/documents/%4$d HTTP/1.1\" 200 %5$d \"-\" \"curl/8.4\" 0.0%1$d\n",
          "{\"timestamp\":\"%3$s\",\"level\":\"info\",\"message\":\"served %5$d documents in %1$d ms\",\"kubernetes\":{\"pod_name\":\"leaf-%2$d\",\"namespace_name\":\"prod\"},\"trace\":\"%4$016x\"}\n",
          "%3$s stdout F I0603 10:00:00.%5$06d   17 server.cc:%2$d] request %4$x done, status ok, %1$d retries\n",
          "Jun  3 10:00:00 node-%1$d kernel: [%5$d.000001] eth0: link up, %2$d Mbps, flow control rx/tx\n",
          "Jun  3 10:00:00 node-%1$d systemd[1]: Started session-%4$d.scope - Session %4$d of user root.\n",
          "Jun  3 10:00:00 node-%1$d kubelet[991]: I0603 10:00:00.000000     991 kubelet.go:%5$d] \"SyncLoop (PLEG): event for pod\" pod=\"prod/leaf-%2$d\"\n",
          "%3$s UTC [%5$d] LOG:  checkpoint complete: wrote %4$d buffers (%1$d.%2$d%%); 0 WAL file(s) added\n",
          "%3$s ERROR com.example.Handler - request %4$x failed: java.io.IOException: connection reset by peer\n\tat com.example.Handler.serve(Handler.java:%1$d)\n\tat java.base/java.lang.Thread.run(Thread.java:%5$d)\n",
          "W0603 10:00:00.%5$06d   19 tree.cc:%1$d] slow update of segment %4$x: %2$d ms\n");

  private static final List<String> TALK =
      List.of(
          "%3$s app[%5$d]: received signal 15, shutting down in %1$d s\n",
          "%3$s app[%5$d]: recovered from panic: index out of range [%1$d]\n",
          "%3$s app[%5$d]: test CrashTest.Segfault passed (%2$d ms)\n",
          "%3$s app[%5$d]: the process would print *** SIGSEGV (@0x0) received by PID %5$d here\n",
          "Jun  3 10:00:00 node-%1$d systemd[1]: leaf.service: Main process exited, code=exited, status=1/FAILURE\n",
          "%3$s app[%5$d]: upload of core.leaf.%5$d done, Segmentation fault reports are kept %1$d days\n",
          "leaf-%1$d exited with code 0\n",
          "Jun  3 10:00:00 node-%1$d kernel: [%5$d.000001] mce: CPU supports %2$d MCE banks\n");

  private final List<byte[]> blocks = new ArrayList<>();
  private final List<String> planted;
  private final long length;
  private final Random random;
  private final long every;
  private byte[] current = new byte[0];
  private int at;
  private long given;
  private int next;

  /// A day.
  ///
  /// @param bytes about how long it is
  /// @param planted reports to be scattered over it, evenly
  OrdinaryDay(long bytes, List<String> planted, long seed) {
    this.random = new Random(seed);
    this.length = bytes;
    this.planted = List.copyOf(planted);
    this.every = bytes / (planted.size() + 1);
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(block());
    }
  }

  private byte[] block() {
    StringBuilder text = new StringBuilder(BLOCK + 1024);
    while (text.length() < BLOCK) {
      List<String> from = random.nextInt(400) == 0 ? TALK : SHAPES;
      text.append(
          String.format(
              Locale.ROOT,
              from.get(random.nextInt(from.size())),
              random.nextInt(100),
              random.nextInt(1000),
              "2026-06-03T10:%02d:%02d.123456Z".formatted(random.nextInt(60), random.nextInt(60)),
              random.nextInt(Integer.MAX_VALUE),
              1 + random.nextInt(99_999)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) {
    if (at == current.length && !advance()) {
      return -1;
    }
    int count = Math.min(most, current.length - at);
    System.arraycopy(current, at, into, from, count);
    at += count;
    given += count;
    return count;
  }

  private boolean advance() {
    if (given >= length && next == planted.size()) {
      return false;
    }
    at = 0;
    boolean due = next < planted.size() && given >= every * (next + 1);
    current =
        due
            ? planted.get(next++).getBytes(StandardCharsets.UTF_8)
            : blocks.get(random.nextInt(BLOCKS));
    return true;
  }

  @Override
  public int available() {
    return current.length - at;
  }
}
