package dev.pumphandle.bench;

import dev.pumphandle.lab.fleet.Cause;
import dev.pumphandle.lab.fleet.FleetPlan;
import java.time.LocalDate;
import java.util.List;

/// How large a simulated fleet is.
enum FleetSize {
  /// The founding story's year.
  YEAR(600, 365),
  S(200, 60),
  M(2_000, 120),
  L(20_000, 120);

  private static final LocalDate LAST_DAY = LocalDate.of(2025, 12, 31);

  final int nodes;
  final int days;

  FleetSize(int nodes, int days) {
    this.nodes = nodes;
    this.days = days;
  }

  FleetPlan with(List<Cause> causes) {
    return FleetPlan.of(nodes, days, LAST_DAY, causes);
  }
}
