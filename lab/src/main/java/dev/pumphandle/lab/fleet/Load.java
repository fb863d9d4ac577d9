package dev.pumphandle.lab.fleet;

import java.util.random.RandomGenerator;

/// How busy each region is: growth by 30 %, a week's rhythm of 25 %, a month's of 10 % by region,
/// and
/// regions that differ in how many exceptions they throw.
final class Load {

  private static final double BUSIEST = 1.3 * 1.25 * 1.1;

  private final FleetPlan plan;
  private final double[] phase;
  private final double[] exceptions;

  Load(FleetPlan plan, RandomGenerator random) {
    this.plan = plan;
    this.phase = new double[plan.regions()];
    this.exceptions = new double[plan.regions()];
    for (int region = 0; region < phase.length; region++) {
      phase[region] = random.nextDouble() * 2 * Math.PI;
      exceptions[region] = 0.6 + 0.4 * random.nextDouble();
    }
  }

  /// The load of a region at a time, as a share of the busiest there can be.
  ///
  /// @param at seconds since the first day began
  double at(int region, long at) {
    double day = (double) at / FleetHistory.DAY;
    double growth = 1 + 0.3 * day / plan.days();
    double week = 1 + 0.25 * Math.sin(2 * Math.PI * day / 7);
    double month = 1 + 0.1 * Math.sin(2 * Math.PI * day / 30 + phase[region]);
    return growth * week * month / BUSIEST;
  }

  /// Exceptions thrown per second and host, which is what the race is proportional to.
  double exceptionsPerSecond(int region, long at) {
    return exceptions[region] * at(region, at);
  }
}
