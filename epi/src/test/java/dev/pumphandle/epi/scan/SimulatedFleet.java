package dev.pumphandle.epi.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// A small fleet for tests: node-days with attributes, crash-prone cells, and cases planted in
/// some.
final class SimulatedFleet {

  static final int REGION = 0;
  static final int CLUSTER = 1;
  static final int SKU = 2;
  static final int ROLE = 3;
  static final int HOST = 4;
  static final int VM = 5;
  static final int KERNEL = 6;
  static final int RELEASE = 7;
  static final int UPTIME = 8;

  final List<Attribute> attributes;
  final int days;
  final Population rows;
  final double[] frailty;

  SimulatedFleet(int nodes, int days, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    int hosts = Math.max(1, nodes / 4);
    int clusters = Math.max(4, nodes / 250);
    int regions = Math.max(2, clusters / 8);
    int releases = days / 7 + 1;
    this.days = days;
    this.attributes =
        List.of(
            new Attribute("region", regions),
            new Attribute("cluster", clusters),
            new Attribute("sku", 6),
            new Attribute("role", 3),
            new Attribute("host", hosts),
            new Attribute("vm", nodes),
            new Attribute("kernel", 5),
            new Attribute("release", releases),
            new Attribute("uptime", 4));
    double[] hostFrailty = new double[hosts];
    for (int h = 0; h < hosts; h++) hostFrailty[h] = Math.exp(0.5 * gauss(random));
    double[] releaseFrailty = new double[releases];
    for (int r = 0; r < releases; r++) releaseFrailty[r] = Math.exp(0.3 * gauss(random));
    int width = attributes.size();
    int[] codes = new int[nodes * days * width];
    int[] day = new int[nodes * days];
    this.frailty = new double[nodes * days];
    int row = 0;
    for (int n = 0; n < nodes; n++) {
      int host = n / 4;
      int cluster = host * clusters / hosts;
      int sku = (cluster + (host % 2) * 2) % 6;
      int started = random.nextInt(60);
      int kernel = random.nextInt(5);
      for (int d = 0; d < days; d++, row++) {
        int age = (d + started) % 45;
        int release = Math.clamp((d - cluster % 7) / 7, 0, releases - 1);
        int at = row * width;
        codes[at] = cluster * regions / clusters;
        codes[at + CLUSTER] = cluster;
        codes[at + SKU] = sku;
        codes[at + ROLE] = sku % 3;
        codes[at + HOST] = host;
        codes[at + VM] = n;
        codes[at + KERNEL] = (kernel + (d + started) / 45) % 5;
        codes[at + RELEASE] = release;
        codes[at + UPTIME] = age < 1 ? 0 : age < 7 ? 1 : age < 30 ? 2 : 3;
        day[row] = d;
        frailty[row] = hostFrailty[host] * releaseFrailty[release];
      }
    }
    this.rows = new Population(width, codes, day);
  }

  private static double gauss(UniformRandomProvider random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += random.nextDouble();
    return sum;
  }

  List<Family> families() {
    return Families.usual(
            attributes, rows, List.of(VM), List.of(REGION, CLUSTER, SKU, KERNEL, HOST))
        .families();
  }

  /// Rows drawn in proportion to their frailty, and `planted` more from those that `where` picks.
  int[] crashes(int count, int planted, IntPredicate where, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    MultinomialDraw draw = new MultinomialDraw(frailty);
    int[] drawn = new int[count + planted];
    for (int i = 0; i < count; i++) drawn[i] = draw.next(random);
    List<Integer> sick = new ArrayList<>();
    for (int r = 0; planted > 0 && r < rows.size(); r++) if (where.test(r)) sick.add(r);
    for (int i = 0; i < planted; i++) drawn[count + i] = sick.get(random.nextInt(sick.size()));
    return drawn;
  }

  Population population(int[] rowIndexes) {
    int width = rows.attributes();
    int[] codes = new int[rowIndexes.length * width];
    int[] day = new int[rowIndexes.length];
    for (int i = 0; i < rowIndexes.length; i++) {
      System.arraycopy(rows.codes(), rowIndexes[i] * width, codes, i * width, width);
      day[i] = rows.day(rowIndexes[i]);
    }
    return new Population(width, codes, day);
  }

  AgainstHostTime againstHostTime(int[] cases) {
    return new AgainstHostTime(attributes, days, rows, frailty, population(cases));
  }

  AgainstOtherCrashes againstOtherCrashes(int[] cases, int[] others) {
    int[] all = new int[cases.length + others.length];
    System.arraycopy(cases, 0, all, 0, cases.length);
    System.arraycopy(others, 0, all, cases.length, others.length);
    boolean[] isCase = new boolean[all.length];
    for (int i = 0; i < cases.length; i++) isCase[i] = true;
    return new AgainstOtherCrashes(attributes, days, population(all), isCase);
  }
}
