package dev.pumphandle.lab.fleet;

import java.time.LocalDate;
import java.util.List;

/// What fleet to simulate.
///
/// @param nodes how many virtual machines run at any time
/// @param firstDay the first day, UTC
/// @param days how many days
/// @param regions how many regions
/// @param clustersPerRegion how many clusters each has
/// @param lifeDays how long a virtual machine lives on average (days)
/// @param crashesPerNodeDay how often a node crashes of other things
/// @param endemicShare the share of those crashes that look like the disease in question but are
///     nobody's planted cause
/// @param causes what is planted
/// @param dirt how dirty the records are
public record FleetPlan(
    int nodes,
    LocalDate firstDay,
    int days,
    int regions,
    int clustersPerRegion,
    int lifeDays,
    double crashesPerNodeDay,
    double endemicShare,
    List<Cause> causes,
    Dirt dirt) {

  /// Virtual machines on one physical host.
  public static final int PER_HOST = 4;

  /// Fewer nodes make no fleet: six hosts, two in each of three regions.
  public static final int FEWEST_NODES = PER_HOST * 6;

  /// Fewer days have no before and after.
  public static final int FEWEST_DAYS = 2;

  /// How dirty the records are.
  ///
  /// @param missing the share of records that lack each of their attributes
  /// @param duplicated the share of crashes uploaded twice
  /// @param looping the share of crashes that begin a crash loop
  /// @param mislabelled the share of crashes whose signs are those of the other kind
  /// @param skewMinutes the spread of wrong clocks (minutes)
  public record Dirt(
      double missing, double duplicated, double looping, double mislabelled, double skewMinutes) {

    /// As fleets are: 10 % missing, 5 % duplicates, 2 % loops, 5 % mislabelled, quarter hours of
    /// skew.
    public static final Dirt USUAL = new Dirt(0.10, 0.05, 0.02, 0.05, 15);

    /// Refuses shares that are none.
    public Dirt {
      for (double share : new double[] {missing, duplicated, looping, mislabelled})
        if (!(share >= 0 && share < 1))
          throw new IllegalArgumentException("expected a share in [0, 1), found " + share);
    }
  }

  /// Refuses a fleet that is none.
  public FleetPlan {
    causes = List.copyOf(causes);
    if (nodes < FEWEST_NODES
        || days < FEWEST_DAYS
        || regions < 1
        || clustersPerRegion < 1
        || lifeDays < 1)
      throw new IllegalArgumentException(
          "expected at least 24 nodes, 2 days, a region, a cluster and a day of life, found "
              + List.of(nodes, days, regions, clustersPerRegion, lifeDays));
  }

  /// A fleet with the usual proportions.
  public static FleetPlan of(int nodes, int days, LocalDate lastDay, List<Cause> causes) {
    int regions = Math.clamp(nodes / 500, 3, 12);
    int clusters = Math.clamp(nodes / (regions * 80), 2, 25);
    return new FleetPlan(
        nodes,
        lastDay.minusDays(days - 1L),
        days,
        regions,
        clusters,
        30,
        0.02,
        0.01,
        causes,
        Dirt.USUAL);
  }

  /// The founding story: one bad host behind several young virtual machines of the bulk-ingest
  /// type,
  /// with a crisp start, and a race in every region whose rate follows the load.
  public static FleetPlan twoDiseases(int nodes, int days, LocalDate lastDay) {
    return of(
        nodes,
        days,
        lastDay,
        List.of(new Cause.BadHost(60, days * 5 / 8, 7), new Cause.Race(60, days / 3)));
  }

  /// The same fleet with other dirt.
  public FleetPlan with(Dirt other) {
    return new FleetPlan(
        nodes,
        firstDay,
        days,
        regions,
        clustersPerRegion,
        lifeDays,
        crashesPerNodeDay,
        endemicShare,
        causes,
        other);
  }

  /// The same fleet, crashing more or less often.
  public FleetPlan withCrashesPerNodeDay(double rate) {
    return new FleetPlan(
        nodes,
        firstDay,
        days,
        regions,
        clustersPerRegion,
        lifeDays,
        rate,
        endemicShare,
        causes,
        dirt);
  }

  /// The same fleet with other causes.
  public FleetPlan with(List<Cause> others) {
    return new FleetPlan(
        nodes,
        firstDay,
        days,
        regions,
        clustersPerRegion,
        lifeDays,
        crashesPerNodeDay,
        endemicShare,
        others,
        dirt);
  }
}
