package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.scan.Families;
import dev.pumphandle.epi.scan.GreedyScan;
import dev.pumphandle.epi.scan.HostTrace;
import dev.pumphandle.epi.scan.Population;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The trace of the most suspicious physical host: the host, or one sick machine on it?
///
/// @param host its name
/// @param cases cases on it
/// @param expected cases expected on it
/// @param nodes how many nodes lived on it during the study
/// @param nodesWithCases how many of them had a case
/// @param chanceOfNodes P(at least so many of them with a case)
/// @param excessWithoutBest the log likelihood ratio of the host once its worst node is explained
/// @param leastExcess the least ratio over leaving out each node in turn
/// @param bar what must be left for the host to be blamed
/// @param selfControlled rate of the same nodes on this host over their rate elsewhere
/// @param oldestWithCase the uptime class of the oldest node with a case there
/// @param answer what may be said
public record HostInquiry(
    String host,
    long cases,
    double expected,
    int nodes,
    int nodesWithCases,
    double chanceOfNodes,
    double excessWithoutBest,
    double leastExcess,
    double bar,
    Estimate selfControlled,
    String oldestWithCase,
    HostTrace.Answer answer) {

  /// Whether the excess is the host's, and not one machine's.
  boolean blamesTheHost() {
    return switch (answer) {
      case CONFIRMED_HOST, HOST -> true;
      case ONE_VM, NO_EXCESS -> false;
    };
  }

  /// The trace of the host that the findings, or else the scan of the tree, point at.
  static Optional<HostInquiry> of(
      Comparison comparison, List<Finding> findings, InvestigationOptions options) {
    Study study = comparison.study;
    int host = study.position(Exposure.Role.HOST);
    int node = study.position(Exposure.Role.NODE);
    if (host < 0 || node < 0 || comparison.hostTime.isEmpty()) return Optional.empty();
    OptionalInt found = blamed(comparison, findings, host);
    if (found.isEmpty()) found = fromTree(comparison, options, host);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(trace(comparison, found.getAsInt(), host, node, options));
  }

  private static OptionalInt blamed(Comparison comparison, List<Finding> findings, int host) {
    for (Finding finding : findings)
      if (finding.conditions().size() == 1 && SetWords.attribute(finding.set().family()) == host)
        return OptionalInt.of(finding.set().firstValue(comparison.values()));
    return OptionalInt.empty();
  }

  private static OptionalInt fromTree(
      Comparison comparison, InvestigationOptions options, int host) {
    List<Integer> levels = new ArrayList<>();
    for (Exposure.Role role :
        List.of(
            Exposure.Role.REGION, Exposure.Role.CLUSTER, Exposure.Role.HOST, Exposure.Role.NODE)) {
      int at = comparison.study.position(role);
      if (at >= 0) levels.add(at);
    }
    GreedyScan.Result tree =
        new GreedyScan(
                comparison.broad(),
                Families.tree(levels, comparison.study.days()).families(),
                options.scan(3, 2))
            .run();
    return tree.accepted().stream()
        .filter(set -> SetWords.attribute(set.family()) == host)
        .mapToInt(ScanSet::group)
        .findFirst();
  }

  private static HostInquiry trace(
      Comparison comparison, int host, int hostAt, int nodeAt, InvestigationOptions options) {
    Study study = comparison.study;
    Population cells = comparison.time.cells();
    // By node; an empty array for those that never lived on the host.
    double[][] ofNode = new double[study.attributes().get(nodeAt).values().size()][0];
    List<double[]> vms = new ArrayList<>();
    for (int r = 0; r < cells.size(); r++) {
      int node = cells.code(r, nodeAt);
      if (cells.code(r, hostAt) == host && node >= 0 && ofNode[node].length == 0)
        ofNode[node] = new double[5];
    }
    for (double[] vm : ofNode) if (vm.length > 0) vms.add(vm);
    for (int r = 0; r < cells.size(); r++) {
      int node = cells.code(r, nodeAt);
      if (node < 0 || ofNode[node].length == 0) continue;
      double[] vm = ofNode[node];
      if (cells.code(r, hostAt) == host) {
        vm[1] += comparison.expected[r];
        vm[2] += comparison.time.hours()[r];
      } else vm[4] += comparison.time.hours()[r];
    }
    int uptime = study.position(Exposure.Role.UPTIME);
    int oldest = -1;
    for (int i : comparison.placed) {
      int node = comparison.crashes.code(i, nodeAt);
      if (node < 0 || ofNode[node].length == 0) continue;
      double[] vm = ofNode[node];
      boolean here = comparison.crashes.code(i, hostAt) == host;
      vm[here ? 0 : 3]++;
      if (here && uptime >= 0) oldest = Math.max(oldest, comparison.crashes.code(i, uptime));
    }
    HostTrace trace =
        new HostTrace(
            vms.stream()
                .map(v -> new HostTrace.Vm(Math.round(v[0]), v[1], v[2], Math.round(v[3]), v[4]))
                .toList(),
            comparison.placed.length);
    Exposure hosts = study.attributes().get(hostAt);
    double bar = Math.log(hosts.values().size());
    return new HostInquiry(
        hosts.values().get(host),
        trace.casesOnHost(),
        trace.expectedOnHost(),
        vms.size(),
        trace.vmsWithCases(),
        trace.pOfVmsWithCases(),
        trace.llrGivenBestVm(),
        trace.leastLlrWithoutOneVm(),
        bar,
        trace.selfControlled(options.level()),
        oldest < 0 ? "unknown" : study.attributes().get(uptime).values().get(oldest),
        trace.answer(bar));
  }
}
