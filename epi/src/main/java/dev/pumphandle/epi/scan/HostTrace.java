package dev.pumphandle.epi.scan;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.measure.Rate;
import dev.pumphandle.epi.measure.RateRatio;
import java.util.List;

/// Is it the host, or one sick VM on it? Four questions to a physical host and one label.
///
/// @param vms the VMs that lived on the host
/// @param cases C, the cases of the label anywhere
public record HostTrace(List<Vm> vms, double cases) {

  private static final int FEWEST_VMS = 2;
  private static final int CONFIRMING_VMS = 3;

  /// One VM that lived on the host.
  ///
  /// @param cases its cases while on the host
  /// @param expected its expected cases while on the host (raked)
  /// @param hours its hours on the host
  /// @param casesElsewhere its cases before and after, on other hosts
  /// @param hoursElsewhere its hours on other hosts
  public record Vm(
      long cases, double expected, double hours, long casesElsewhere, double hoursElsewhere) {}

  /// Copies the VMs.
  public HostTrace {
    vms = List.copyOf(vms);
  }

  /// The host's cases.
  public long casesOnHost() {
    return vms.stream().mapToLong(Vm::cases).sum();
  }

  /// The host's expected cases.
  public double expectedOnHost() {
    return vms.stream().mapToDouble(Vm::expected).sum();
  }

  /// The log likelihood ratio of the host.
  public double llr() {
    return LogLikelihoodRatio.conditionalPoisson((double) casesOnHost(), expectedOnHost(), cases);
  }

  /// (i) The ratio of the host once its best VM is explained: is it more than one sick VM?
  public double llrGivenBestVm() {
    double best = 0;
    Vm explained = new Vm(0, 0, 0, 0, 0);
    for (Vm vm : vms) {
      double llr = LogLikelihoodRatio.conditionalPoisson((double) vm.cases, vm.expected, cases);
      if (llr > best) {
        best = llr;
        explained = vm;
      }
    }
    return llrWithout(explained);
  }

  /// (iii) The least ratio over leaving out each VM in turn, with cases and expected counts of that
  /// VM
  /// taken away everywhere.
  public double leastLlrWithoutOneVm() {
    double least = llr();
    for (Vm vm : vms) least = Math.min(least, llrWithout(vm));
    return least;
  }

  private double llrWithout(Vm vm) {
    double total = cases - vm.cases;
    double scale = total / (cases - vm.expected);
    return LogLikelihoodRatio.conditionalPoisson(
        (double) (casesOnHost() - vm.cases), (expectedOnHost() - vm.expected) * scale, total);
  }

  /// How many VMs had a case on the host.
  public int vmsWithCases() {
    return (int) vms.stream().filter(vm -> vm.cases > 0).count();
  }

  /// (ii) P(at least that many VMs with a case), each VM having one with probability
  /// `1 − exp(−expected)`.
  public double pOfVmsWithCases() {
    double[] p = vms.stream().mapToDouble(vm -> -Math.expm1(-vm.expected)).toArray();
    return new PoissonBinomial(p).atLeast(vmsWithCases());
  }

  /// (iv) The rate of the same VMs on this host over their rate on other hosts: the VM is its own
  /// control, so that nothing about the VM can confound. Only VMs that moved count.
  ///
  /// Source: H. J. Whitaker et al., Statistics in Medicine 25 (2006) 1768–1797 (self-controlled
  /// case
  /// series).
  public Estimate selfControlled(double level) {
    long on = 0;
    long off = 0;
    double hoursOn = 0;
    double hoursOff = 0;
    for (Vm vm : vms) {
      if (vm.hoursElsewhere <= 0) continue;
      on += vm.cases;
      off += vm.casesElsewhere;
      hoursOn += vm.hours;
      hoursOff += vm.hoursElsewhere;
    }
    if (hoursOff == 0) return Estimate.notEstimable("no VM lived elsewhere too", level);
    return new RateRatio(new Rate(on, hoursOn), new Rate(off, hoursOff)).estimate(level);
  }

  /// What the trace allows to be said.
  public enum Answer {
    /// Three VMs or more, and the finding survives leaving out any one of them.
    CONFIRMED_HOST,
    /// Two VMs, and the finding survives.
    HOST,
    /// One VM carries it.
    ONE_VM,
    /// No excess on this host.
    NO_EXCESS
  }

  /// The answer.
  ///
  /// @param bar the ratio that must be left after leaving out any one VM
  public Answer answer(double bar) {
    if (llr() == 0) return Answer.NO_EXCESS;
    if (vmsWithCases() < FEWEST_VMS || leastLlrWithoutOneVm() < bar) return Answer.ONE_VM;
    return vmsWithCases() >= CONFIRMING_VMS ? Answer.CONFIRMED_HOST : Answer.HOST;
  }
}
