package dev.pumphandle.bench;

import dev.pumphandle.fieldwork.log.LogScan;
import dev.pumphandle.fieldwork.log.LogSource;
import dev.pumphandle.fieldwork.log.dialect.StandardDialects;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One day of ordinary logs, generated as it is read, with twenty crashes planted: which were
/// found, what was invented, how fast, and how much memory it took. See `bench/logs`.
public final class LogBench {

  private LogBench() {}

  /// Runs the benchmark.
  ///
  /// @param arguments how long the day is (GB, 10^9 bytes); default 10
  public static void main(String[] arguments) throws IOException {
    double gigabytes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
    LogScan scan = new LogScan(StandardDialects.all(), "bench");
    read(scan, 200_000_000L, 1); // so that the machine is warm
    long began = System.nanoTime();
    OrdinaryDay day = new OrdinaryDay((long) (gigabytes * 1e9), PlantedCrash.reports(), 7);
    long generated = System.nanoTime() - began;
    List<CaseRow> rows = new ArrayList<>();
    began = System.nanoTime();
    LogScan.Read read = scan.read(source(), day, rows::add);
    double seconds = (System.nanoTime() - began) / 1e9;
    tell(read, rows, seconds, generated / 1e9);
  }

  private static void read(LogScan scan, long bytes, long seed) throws IOException {
    scan.read(source(), new OrdinaryDay(bytes, PlantedCrash.reports(), seed), _ -> {});
  }

  private static LogSource source() {
    return new LogSource(
        "generated:", Instant.parse("2026-06-04T00:00:00Z"), ZoneOffset.UTC, Map.of());
  }

  private static void tell(LogScan.Read read, List<CaseRow> rows, double seconds, double generating)
      throws IOException {
    Set<String> expected = new HashSet<>(PlantedCrash.expected());
    int invented = 0;
    for (CaseRow row : rows) {
      String found =
          row.get(LogColumns.EVIDENCE).orElse("?")
              + " "
              + row.get(ProcessColumns.PROCESS_PID).map(String::valueOf).orElse("-");
      if (!expected.remove(found)) {
        invented++;
        System.out.println("invented: " + found + ": " + row.get(LogColumns.LOG_TEXT).orElse(""));
      }
    }
    expected.forEach(missed -> System.out.println("missed: " + missed));
    System.out.printf(
        Locale.ROOT,
        "%.2f GB, %,d lines, %d planted: %d found, %d invented%n",
        read.bytes() / 1e9,
        read.lines(),
        PlantedCrash.expected().size(),
        PlantedCrash.expected().size() - expected.size(),
        invented);
    System.out.printf(
        Locale.ROOT,
        "%.1f s on one core: %.0f MB/s, %.1f GB/min; peak RSS %d MB, of which 64 MB are the"
            + " generated lines (made beforehand in %.1f s)%n",
        seconds,
        read.bytes() / 1e6 / seconds,
        read.bytes() / 1e9 / seconds * 60,
        peakMegabytes(),
        generating);
  }

  /// Source: proc(5), /proc/self/status, VmHWM.
  private static long peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .map(kilobytes -> kilobytes / 1024)
        .findFirst()
        .orElse(-1);
  }
}
