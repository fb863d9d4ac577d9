package dev.pumphandle.lab.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/// Who lived where and when: virtual machines come, live a geometric time, and go; one in eight
/// moves
/// to another host of its cluster and type rather than going.
final class FleetHistory {

  static final long DAY = 86_400;
  private static final double MOVES = 0.125;
  private static final int KERNEL_EVERY_DAYS = 30;
  private static final int CANARY_DAYS = 15;

  private final FleetPlan plan;
  private final Names names;
  private final RandomGenerator random;
  private final List<Tenancy> tenancies = new ArrayList<>();
  private final Map<Long, ArrayDeque<Mover>> movers = new HashMap<>();
  private int vms;

  private record Slot(int host, long freeAt) {}

  private record Mover(int vm, int kernel, long bornAt, int fromHost, long leftAt) {}

  FleetHistory(FleetPlan plan, RandomGenerator random) {
    this.plan = plan;
    this.names = new Names(plan);
    this.random = random;
  }

  List<Tenancy> live() {
    long end = plan.days() * DAY;
    PriorityQueue<Slot> free = new PriorityQueue<>(Comparator.comparingLong(Slot::freeAt));
    for (int node = 0; node < plan.nodes(); node++)
      free.add(new Slot(node / FleetPlan.PER_HOST, -life()));
    while (!free.isEmpty() && free.peek().freeAt() < end) {
      Slot slot = free.remove();
      long until = slot.freeAt() + life();
      if (until > 0) settle(slot, Math.min(until, end), until < end);
      free.add(new Slot(slot.host(), until));
    }
    return tenancies;
  }

  private long life() {
    return Math.max(3600, (long) (-Math.log1p(-random.nextDouble()) * plan.lifeDays() * DAY));
  }

  private void settle(Slot slot, long until, boolean ends) {
    ArrayDeque<Mover> waiting =
        movers.computeIfAbsent(
            (long) names.clusterOf(slot.host()) << 8 | names.skuOf(slot.host()),
            _ -> new ArrayDeque<>());
    Mover vm;
    if (!waiting.isEmpty() && mayMoveTo(slot, waiting.peek())) vm = waiting.remove();
    else vm = new Mover(vms++, kernelAt(slot.freeAt()), slot.freeAt(), slot.host(), slot.freeAt());
    stay(vm, slot.host(), Math.max(0, slot.freeAt()), until);
    if (ends && random.nextDouble() < MOVES)
      waiting.add(new Mover(vm.vm(), vm.kernel(), vm.bornAt(), slot.host(), until));
  }

  private static boolean mayMoveTo(Slot slot, Mover mover) {
    return mover.fromHost() != slot.host() && mover.leftAt() <= slot.freeAt();
  }

  // Releases go over a running machine: each begins a stretch of its own.
  private void stay(Mover vm, int host, long from, long to) {
    long at = from;
    while (at < to) {
      int release = releaseAt(host, at);
      long next = Math.min(to, releaseStart(host, release + 1));
      tenancies.add(new Tenancy(vm.vm(), host, vm.kernel(), release, vm.bornAt(), at, next));
      at = next;
    }
  }

  /// When a release reaches the cluster of a host: weekly, staged over six days.
  long releaseStart(int host, int release) {
    return release <= 0 ? Long.MIN_VALUE / 2 : (release * 7L + names.clusterOf(host) % 7) * DAY;
  }

  private int releaseAt(int host, long at) {
    int release = 0;
    while (releaseStart(host, release + 1) <= at) release++;
    return release;
  }

  static long kernelStart(int kernel) {
    return (long) kernel * KERNEL_EVERY_DAYS * DAY;
  }

  // A new kernel takes over among new machines within its canary time.
  private int kernelAt(long at) {
    int newest = (int) Math.max(0, at / (KERNEL_EVERY_DAYS * DAY));
    double taken = (at - kernelStart(newest)) / (CANARY_DAYS * (double) DAY);
    return newest == 0 || random.nextDouble() < taken ? newest : newest - 1;
  }

  List<Change> changes(List<Tenancy> lived) {
    List<Change> changes = new ArrayList<>();
    int kernels = lived.stream().mapToInt(Tenancy::kernel).max().orElse(0);
    for (int kernel = 1; kernel <= kernels; kernel++)
      changes.add(new Change(kernelStart(kernel), "kernel", names.kernel(kernel), ""));
    for (int cluster = 0, host = 0; cluster < names.clusters(); cluster++) {
      while (host < names.hosts() - 1 && names.clusterOf(host) < cluster) host++;
      if (names.clusterOf(host) != cluster) continue;
      for (int release = 1; releaseStart(host, release) < plan.days() * DAY; release++)
        changes.add(
            new Change(
                releaseStart(host, release),
                "release",
                names.release(release),
                names.cluster(host)));
    }
    changes.sort(Comparator.comparingLong(Change::at));
    return changes;
  }
}
