package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.scan.ScanSet;
import dev.pumphandle.epi.scan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Twenty hosts over sixty days, all of which changed to the new kernel on day 38, when one of them
/// turned bad. On each of the others a crash in ten is a case too, which has nothing to do with it.
final class TurnedHost {

  static final int HOSTS = 20;
  static final int DAYS = 60;
  static final int TURNED = 38;
  static final int BAD = 3;

  private static final int OTHER = 0;
  private static final int UNRELATED = 1;
  private static final int ILL = 2;

  private static final int CASES = 10;

  private TurnedHost() {}

  /// The study of its cases against other crashes and host-time.
  static Study study() {
    List<int[]> crashes = new ArrayList<>();
    for (int day = 0; day < DAYS; day++)
      for (int host = 0; host < HOSTS; host++) {
        if ((day + host) % 3 == 0)
          crashes.add(
              new int[] {host, day, (7 * day + host) % 10 == 0 && host != BAD ? UNRELATED : OTHER});
        if (host == BAD && day >= TURNED) crashes.add(new int[] {host, day, ILL});
      }
    int n = crashes.size();
    int[] codes = new int[3 * n];
    long[] at = new long[n];
    int[] stay = new int[n];
    boolean[] isCase = new boolean[n];
    int[][] signs = new int[n][1];
    for (int i = 0; i < n; i++) {
      int host = crashes.get(i)[0];
      int kernel = crashes.get(i)[1] < TURNED ? 0 : 1;
      codes[3 * i] = host;
      codes[3 * i + 1] = kernel;
      codes[3 * i + 2] = 3;
      at[i] = crashes.get(i)[1] * Uptime.DAY + 3600;
      stay[i] = 2 * host + kernel;
      isCase[i] = crashes.get(i)[2] != OTHER;
      signs[i][0] = crashes.get(i)[2] == ILL ? 1 : 0;
    }
    return new Study(
        0,
        DAYS,
        List.of(
            new Exposure(
                "host_physical_id",
                "physical host",
                Exposure.Role.HOST,
                IntStream.range(0, HOSTS).mapToObj(h -> "ph-" + h).toList()),
            new Exposure("os_version", "kernel", Exposure.Role.KERNEL, List.of("old", "new")),
            new Exposure("uptime", "age", Exposure.Role.UPTIME, Uptime.names())),
        inventory(),
        new Crashes(3, codes, at, stay, isCase, new int[n], signs),
        IntStream.range(0, n)
            .filter(i -> !isCase[i])
            .mapToObj(i -> new Study.OtherCrashes(stay[i], at[i], 1))
            .toList(),
        List.of("return-to-null"),
        List.of(new Study.Sign("stack_alignment", List.of("aligned", "shifted-8"))),
        List.of());
  }

  private static Stays inventory() {
    int[] codes = new int[4 * HOSTS];
    long[] from = new long[2 * HOSTS];
    long[] to = new long[2 * HOSTS];
    long[] born = new long[2 * HOSTS];
    for (int s = 0; s < from.length; s++) {
      codes[2 * s] = s / 2;
      codes[2 * s + 1] = s % 2;
      from[s] = (long) (s % 2) * TURNED * Uptime.DAY;
      to[s] = (s % 2 == 0 ? TURNED : DAYS) * Uptime.DAY;
      born[s] = -100 * Uptime.DAY;
    }
    return new Stays(2, codes, from, to, born);
  }

  /// A finding of some cases.
  static Finding finding(ScanSet set) {
    Estimate none = Estimate.notEstimable("nobody asks", 0.95);
    return new Finding(
        set,
        "",
        List.of(),
        -1,
        Verdict.CONFIRMED,
        CASES,
        0,
        0,
        0,
        0,
        OptionalDouble.empty(),
        0,
        none,
        none,
        none,
        none,
        false,
        Optional.empty(),
        List.of());
  }
}
