package dev.pumphandle.lab.fleet;

import java.util.List;
import java.util.Locale;

/// How the simulated fleet's numbers are spelt, and what follows from a host.
///
/// @param plan the fleet
public record Names(FleetPlan plan) {

  private static final List<String> REGIONS =
      List.of(
          "eastus2",
          "westeurope",
          "uksouth",
          "japaneast",
          "westus3",
          "northeurope",
          "koreacentral",
          "francecentral",
          "centralus",
          "australiaeast",
          "brazilsouth",
          "swedencentral");

  private static final List<String> SKUS =
      List.of("L16s_v3", "L8s_v3", "E16ds_v5", "D16ds_v5", "F16s_v2", "E32ds_v5");

  private static final List<String> CPUS =
      List.of("Intel Xeon 8370C", "AMD EPYC 7763", "Intel Xeon 8473C");

  /// What each role runs most; the first functions of a role are its own.
  public static final int ROLES = 3;

  /// How many physical hosts there are.
  public int hosts() {
    return (plan.nodes() + FleetPlan.PER_HOST - 1) / FleetPlan.PER_HOST;
  }

  int clusters() {
    return plan.regions() * plan.clustersPerRegion();
  }

  int clusterOf(int host) {
    return (int) ((long) host * clusters() / hosts());
  }

  int regionOf(int host) {
    return clusterOf(host) / plan.clustersPerRegion();
  }

  // One to three machine types in a cluster.
  int skuOf(int host) {
    int cluster = clusterOf(host);
    int kinds = 1 + cluster % 3;
    return (cluster + host % kinds) % SKUS.size();
  }

  /// What the machine type is used for: 0 is bulk ingest.
  int roleOf(int host) {
    return skuOf(host) % ROLES;
  }

  /// The physical host's name.
  public String host(int host) {
    return String.format(Locale.ROOT, "ph-%s-%05d", region(host).substring(0, 2), host);
  }

  /// The region of a host.
  public String region(int host) {
    return REGIONS.get(regionOf(host) % REGIONS.size());
  }

  /// The cluster of a host.
  public String cluster(int host) {
    return region(host) + "-" + (char) ('a' + clusterOf(host) % plan.clustersPerRegion());
  }

  /// The machine type of a host.
  public String sku(int host) {
    return SKUS.get(skuOf(host));
  }

  /// The processor of a host, a function of its type.
  public String cpu(int host) {
    return CPUS.get(skuOf(host) % CPUS.size());
  }

  /// The virtual machine's name.
  public String node(int vm) {
    return String.format(Locale.ROOT, "node-%06d", vm);
  }

  /// The kernel's name.
  public String kernel(int kernel) {
    return "5.15.0-" + (1052 + 4 * kernel) + "-azure";
  }

  /// The release's name.
  public String release(int release) {
    return String.format(Locale.ROOT, "2025.%02d", 1 + release);
  }

  /// A function that crashes happen in.
  String function(int function) {
    return FUNCTIONS.get(function);
  }

  static final List<String> FUNCTIONS =
      List.of(
          "ingest::Batcher::append",
          "query::HashJoin::probe",
          "store::Compactor::merge",
          "ingest::Decoder::next",
          "query::Aggregate::update",
          "store::BlockCache::lookup",
          "ingest::RowWriter::flush",
          "query::Planner::rewrite",
          "store::Manifest::apply",
          "ingest::Schema::coerce",
          "query::Scan::nextBatch",
          "store::Wal::replay",
          "ingest::Dedup::seen",
          "query::Sort::spill",
          "store::Index::insert",
          "ingest::Kafka::poll",
          "query::Window::advance",
          "store::Snapshot::pin",
          "ingest::Json::parse",
          "query::Expr::eval",
          "store::Bloom::test",
          "ingest::Upsert::route",
          "query::Exchange::push",
          "store::Fence::seek",
          "ingest::Clock::tick",
          "query::Limit::stop",
          "store::Evict::pick",
          "ingest::Retry::later",
          "query::Explain::print",
          "store::Scrub::step");
}
