package dev.pumphandle.lab.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// One simulated history of a fleet. Equal plan and seed, equal history.
///
/// Physical hosts differ in how crash-prone they are (gamma with shape 4), releases too (log-normal
/// with sigma 0.3), and everything follows the load: what is planted must be found in spite of
/// that.
public final class FleetYear {

  private static final double RELEASE_SPREAD = 0.3;
  private static final int HOST_SHAPE = 4;

  private final FleetPlan plan;
  private final Names names;
  private final long seed;
  private final List<Tenancy> tenancies;
  private final List<Change> changes;
  private final List<Planting.Outcome> planted;
  private final Load load;

  /// Lives the history; the crashes are drawn by [#crashes].
  public FleetYear(FleetPlan plan, long seed) {
    this.plan = plan;
    this.names = new Names(plan);
    this.seed = seed;
    FleetHistory history = new FleetHistory(plan, random(1));
    this.tenancies = List.copyOf(history.live());
    this.changes = List.copyOf(history.changes(tenancies));
    this.load = new Load(plan, random(2));
    Planting planting = new Planting(plan, load, tenancies, random(3));
    this.planted = plan.causes().stream().map(planting::plant).toList();
  }

  private RandomGenerator random(int purpose) {
    return RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed * 1000 + purpose);
  }

  /// The fleet.
  public FleetPlan plan() {
    return plan;
  }

  /// How its numbers are spelt.
  public Names names() {
    return names;
  }

  /// Who lived where and when.
  public List<Tenancy> tenancies() {
    return tenancies;
  }

  /// Releases and kernels.
  public List<Change> changes() {
    return changes;
  }

  /// Exceptions thrown per second on a host.
  ///
  /// @param at seconds since the first day began
  public double exceptionsPerSecond(int host, long at) {
    return load.exceptionsPerSecond(names.regionOf(host), at);
  }

  /// The truth.
  public List<Planted> truth() {
    return planted.stream().map(Planting.Outcome::truth).toList();
  }

  /// Hands out every record of a crash, tenancy by tenancy; duplicates and loops included.
  public void crashes(Consumer<SimulatedCrash> to) {
    Recorder recorder = new Recorder(to, random(4));
    RandomGenerator random = random(5);
    double[] host = new double[names.hosts()];
    for (int h = 0; h < host.length; h++) host[h] = gamma(random);
    double[] release = new double[plan.days() / 7 + 2];
    for (int r = 0; r < release.length; r++)
      release[r] = Math.exp(RELEASE_SPREAD * random.nextGaussian());
    double need = exponential(random);
    for (Tenancy t : tenancies) {
      for (long at = t.from(); at < t.to(); ) {
        long next = Math.min(t.to(), (at / FleetHistory.DAY + 1) * FleetHistory.DAY);
        double busy = load.at(names.regionOf(t.host()), at);
        double rate =
            plan.crashesPerNodeDay()
                * host[t.host()]
                * release[Math.min(t.release(), release.length - 1)]
                * busy
                * 1.5
                * (next - at)
                / FleetHistory.DAY;
        for (; need < rate; need += exponential(random))
          background(recorder, random, t, at + (long) ((next - at) * random.nextDouble()));
        need -= rate;
        at = next;
      }
    }
    for (Planting.Outcome outcome : planted)
      for (Planting.Strike strike : outcome.strikes()) {
        boolean mistaken = random.nextDouble() < plan.dirt().mislabelled();
        Illness looks = mistaken ? Illness.usual(random) : outcome.illness();
        recorder.record(strike.tenancy(), strike.at(), looks, outcome.truth().cause());
      }
  }

  private void background(Recorder recorder, RandomGenerator random, Tenancy t, long at) {
    double u = random.nextDouble();
    boolean endemic = u < plan.endemicShare();
    boolean mistaken = !endemic && u < plan.endemicShare() + plan.dirt().mislabelled();
    Illness illness = endemic || mistaken ? Illness.LOST_RETURN : Illness.usual(random);
    recorder.record(t, at, illness, endemic ? "endemic" : "other");
  }

  private static double exponential(RandomGenerator random) {
    return -Math.log1p(-random.nextDouble());
  }

  // Mean 1, shape 4: a sum of exponentials.
  private static double gamma(RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < HOST_SHAPE; i++) sum += exponential(random);
    return sum / HOST_SHAPE;
  }

  /// Makes records of crashes, as dirty as the plan wants them.
  private final class Recorder {
    private final Consumer<SimulatedCrash> to;
    private final RandomGenerator random;
    private final double[] functionShare;
    private long serial;

    Recorder(Consumer<SimulatedCrash> to, RandomGenerator random) {
      this.to = to;
      this.random = random;
      this.functionShare = new double[Names.FUNCTIONS.size()];
      for (int f = 0; f < functionShare.length; f++) functionShare[f] = 1.0 / (1 + f / 3);
    }

    void record(Tenancy t, long at, Illness illness, String cause) {
      Map<String, Object> facts = new LinkedHashMap<>(illness.facts(random, plan.dirt().missing()));
      String function = names.function(function(names.roleOf(t.host())));
      boolean lost = "returned".equals(facts.get("control_arrived"));
      facts.put("signature", lost ? "(null-page) | " + function : function);
      place(facts, t);
      one(t, at, facts, cause, 4000 + random.nextInt(28_000), true);
      if (random.nextDouble() >= plan.dirt().looping()) return;
      long when = at;
      for (int i = poisson(5); i > 0; i--) {
        when += 120 + random.nextInt(480);
        if (when < t.to()) one(t, when, facts, cause, 4000 + random.nextInt(28_000), false);
      }
    }

    private void one(
        Tenancy t, long at, Map<String, Object> facts, String cause, long pid, boolean mayRepeat) {
      long told = at + skew();
      String node = names.node(t.vm());
      String uri = "simulated://" + node + "/core.courier." + pid + "." + serial++;
      to.accept(new SimulatedCrash(uri, told, pid, facts, cause));
      if (mayRepeat && random.nextDouble() < plan.dirt().duplicated())
        to.accept(
            new SimulatedCrash(
                uri + SimulatedCrash.AGAIN, told + random.nextInt(60), pid, facts, cause));
    }

    private void place(Map<String, Object> facts, Tenancy t) {
      facts.put("k8s_node_name", names.node(t.vm()));
      known(facts, "cloud_region", names.region(t.host()));
      known(facts, "k8s_cluster_name", names.cluster(t.host()));
      known(facts, "host_type", names.sku(t.host()));
      known(facts, "os_version", names.kernel(t.kernel()));
      known(facts, "service_version", names.release(t.release()));
    }

    private void known(Map<String, Object> facts, String column, String value) {
      if (random.nextDouble() >= plan.dirt().missing()) facts.put(column, value);
    }

    // One clock in a hundred is wrong by hours, the others by minutes.
    private long skew() {
      if (plan.dirt().skewMinutes() == 0) return 0;
      if (random.nextDouble() < 0.01) return random.nextBoolean() ? 8 * 3600 : -8 * 3600;
      return Math.round(random.nextGaussian() * plan.dirt().skewMinutes() * 60);
    }

    // Zipf within the role, and one crash in four in a function of another role.
    private int function(int role) {
      int of = random.nextDouble() < 0.25 ? random.nextInt(Names.ROLES) : role;
      double sum = 0;
      for (int f = of; f < functionShare.length; f += Names.ROLES) sum += functionShare[f];
      double u = random.nextDouble() * sum;
      int f = of;
      while (f + Names.ROLES < functionShare.length && (u -= functionShare[f]) >= 0)
        f += Names.ROLES;
      return f;
    }

    private int poisson(double mean) {
      int n = 0;
      for (double sum = exponential(random); sum < mean; sum += exponential(random)) n++;
      return n;
    }
  }
}
