package dev.pumphandle.lab.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;

/// Draws where and when a planted cause strikes.
final class Planting {

  private static final int TRIES = 200_000;

  private final FleetPlan plan;
  private final Names names;
  private final Load load;
  private final List<Tenancy> tenancies;
  private final RandomGenerator random;

  Planting(FleetPlan plan, Load load, List<Tenancy> tenancies, RandomGenerator random) {
    this.plan = plan;
    this.names = new Names(plan);
    this.load = load;
    this.tenancies = tenancies;
    this.random = random;
  }

  /// A strike: on whom and when (seconds).
  record Strike(Tenancy tenancy, long at) {}

  /// What a cause came to be.
  record Outcome(Planted truth, Illness illness, List<Strike> strikes) {}

  Outcome plant(Cause cause) {
    return switch (cause) {
      case Cause.BadHost bad -> badHost(bad);
      case Cause.BadKernel bad -> {
        int kernel = kernelOfAThird();
        yield outcome(
            bad,
            "os_version",
            names.kernel(kernel),
            0,
            Illness.SHIFTED_STACK,
            draw(bad.cases(), t -> t.kernel() == kernel, (_, _) -> 1));
      }
      case Cause.BadRelease bad -> {
        int release = 1 + random.nextInt(Math.max(1, plan.days() / 7 - 2));
        yield outcome(
            bad,
            "service_version",
            names.release(release),
            0,
            Illness.LOST_RETURN,
            draw(bad.cases(), t -> t.release() == release, (_, _) -> 1));
      }
      case Cause.SkuWithKernel bad -> {
        Tenancy any = tenancies.get(random.nextInt(tenancies.size()));
        int sku = names.skuOf(any.host());
        yield outcome(
            bad,
            "host_type & os_version",
            names.sku(any.host()) + " & " + names.kernel(any.kernel()),
            0,
            Illness.SHIFTED_STACK,
            draw(
                bad.cases(),
                t -> names.skuOf(t.host()) == sku && t.kernel() == any.kernel(),
                (_, _) -> 1));
      }
      case Cause.BadCluster bad -> {
        int host = tenancies.get(random.nextInt(tenancies.size())).host();
        int cluster = names.clusterOf(host);
        yield outcome(
            bad,
            "k8s_cluster_name",
            names.cluster(host),
            bad.fromDay(),
            Illness.LOST_RETURN,
            draw(bad.cases(), t -> names.clusterOf(t.host()) == cluster, since(bad.fromDay())));
      }
      case Cause.Race race ->
          new Outcome(
              new Planted("race", "", "", race.fromDay(), "gradual", race.cases()),
              Illness.UNWINDER_RACE,
              draw(race.cases(), _ -> true, (t, at) -> exceptions(t, at) * climb(race, at)));
    };
  }

  private Outcome badHost(Cause.BadHost bad) {
    List<Integer> ingest = new ArrayList<>();
    for (int host = 0; host < names.hosts(); host++) if (names.roleOf(host) == 0) ingest.add(host);
    if (ingest.isEmpty()) ingest.add(0);
    int host = ingest.get(random.nextInt(ingest.size()));
    List<Strike> strikes =
        draw(
            bad.cases(),
            t -> t.host() == host && t.to() > bad.fromDay() * FleetHistory.DAY,
            (t, at) ->
                at >= bad.fromDay() * FleetHistory.DAY
                        && at - t.bornAt() <= bad.youngDays() * FleetHistory.DAY
                    ? 1
                    : 0);
    return outcome(
        bad, "host_physical_id", names.host(host), bad.fromDay(), Illness.SHIFTED_STACK, strikes);
  }

  private static Outcome outcome(
      Cause cause,
      String attribute,
      String value,
      int fromDay,
      Illness illness,
      List<Strike> strikes) {
    return new Outcome(
        new Planted(cause.word(), attribute, value, fromDay, "crisp", strikes.size()),
        illness,
        strikes);
  }

  private static ToDoubleBiFunction<Tenancy, Long> since(int day) {
    return (_, at) -> at >= day * FleetHistory.DAY ? 1 : 0;
  }

  private double exceptions(Tenancy t, long at) {
    return load.exceptionsPerSecond(names.regionOf(t.host()), at);
  }

  private double climb(Cause.Race race, long at) {
    double start = race.fromDay() * (double) FleetHistory.DAY;
    double end = plan.days() * (double) FleetHistory.DAY;
    return Math.max(0, (at - start) / (end - start));
  }

  /// The kernel that covers a third of the fleet's time as nearly as any: one that most of the
  /// fleet
  /// runs could not be told from no kernel at all.
  private int kernelOfAThird() {
    double[] time = new double[1 + tenancies.stream().mapToInt(Tenancy::kernel).max().orElse(0)];
    double all = 0;
    for (Tenancy t : tenancies) {
      time[t.kernel()] += t.to() - t.from();
      all += t.to() - t.from();
    }
    int nearest = 0;
    for (int i = 1; i < time.length; i++)
      if (Math.abs(time[i] - all / 3) < Math.abs(time[nearest] - all / 3)) nearest = i;
    return nearest;
  }

  /// Times within the eligible tenancies, in proportion to an intensity in [0, 1].
  private List<Strike> draw(
      int expected,
      java.util.function.Predicate<Tenancy> who,
      ToDoubleBiFunction<Tenancy, Long> intensity) {
    List<Tenancy> eligible = tenancies.stream().filter(who).toList();
    double[] until = new double[eligible.size()];
    double sum = 0;
    for (int i = 0; i < until.length; i++) {
      sum += eligible.get(i).to() - eligible.get(i).from();
      until[i] = sum;
    }
    List<Strike> strikes = new ArrayList<>();
    for (int n = 0; n < expected; n++) one(eligible, until, intensity).ifPresent(strikes::add);
    return strikes;
  }

  private Optional<Strike> one(
      List<Tenancy> eligible, double[] until, ToDoubleBiFunction<Tenancy, Long> intensity) {
    if (eligible.isEmpty()) return Optional.empty();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double u = random.nextDouble() * until[until.length - 1];
      int at = Arrays.binarySearch(until, u);
      int i = Math.min(until.length - 1, at < 0 ? -at - 1 : at + 1);
      Tenancy t = eligible.get(i);
      long when = t.from() + (long) (random.nextDouble() * (t.to() - t.from()));
      if (random.nextDouble() < intensity.applyAsDouble(t, when))
        return Optional.of(new Strike(t, when));
    }
    return Optional.empty();
  }
}
