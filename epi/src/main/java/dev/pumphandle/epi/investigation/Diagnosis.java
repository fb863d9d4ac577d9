package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.epi.race.DoseResponse;
import dev.pumphandle.epi.scan.HostTrace;
import dev.pumphandle.epi.scan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a population looks like, and what speaks for and against it.
///
/// @param nature like hardware, like software, or not to be told
/// @param arguments the evidence
public record Diagnosis(Nature nature, List<Argument> arguments) {

  private static final double YOUNG = 0.9;
  private static final double OFTEN = 2;
  private static final double SELDOM = 0.1;

  /// What it looks like; never what it is.
  public enum Nature {
    HARDWARE_LIKE,
    SOFTWARE_LIKE,
    CANNOT_TELL
  }

  /// One piece of evidence.
  ///
  /// @param speaksFor which nature it speaks for
  /// @param sentence in plain words, without a full stop
  public record Argument(Nature speaksFor, String sentence) {}

  /// Copies the arguments.
  public Diagnosis {
    arguments = List.copyOf(arguments);
  }

  static Diagnosis of(
      DiseaseClass population,
      Optional<HostInquiry> host,
      Optional<OneHost> oneHost,
      Optional<LoadCheck> load) {
    List<Argument> arguments = new ArrayList<>();
    place(population, host, oneHost.isPresent(), arguments);
    oneHost.map(Diagnosis::crowded).ifPresent(arguments::add);
    time(population, arguments);
    load.flatMap(Diagnosis::follows).ifPresent(arguments::add);
    signs(population, arguments);
    long hardware = count(arguments, Nature.HARDWARE_LIKE);
    long software = count(arguments, Nature.SOFTWARE_LIKE);
    Nature nature =
        hardware >= software + 2
            ? Nature.HARDWARE_LIKE
            : software >= hardware + 2 ? Nature.SOFTWARE_LIKE : Nature.CANNOT_TELL;
    return new Diagnosis(nature, arguments);
  }

  private static long count(List<Argument> arguments, Nature nature) {
    return arguments.stream().filter(a -> a.speaksFor() == nature).count();
  }

  private static void place(
      DiseaseClass population,
      Optional<HostInquiry> host,
      boolean crowded,
      List<Argument> arguments) {
    switch (population.kind()) {
      case PLACE -> {
        Finding finding = population.place().orElseThrow();
        boolean oneHost = finding.blames(Exposure.Role.HOST);
        if (oneHost && host.isPresent()) traced(host.get(), arguments);
        else if (oneHost && !crowded)
          arguments.add(new Argument(Nature.HARDWARE_LIKE, "all on one physical host"));
        if (finding.blames(Exposure.Role.RELEASE) || finding.blames(Exposure.Role.KERNEL))
          arguments.add(
              new Argument(
                  Nature.SOFTWARE_LIKE, "follows " + finding.words() + " wherever it runs"));
        if (finding.verdict() != Verdict.CONFIRMED)
          arguments.add(
              new Argument(Nature.CANNOT_TELL, "only one of the two designs is significant"));
      }
      case DIFFUSE ->
          arguments.add(
              new Argument(
                  Nature.SOFTWARE_LIKE,
                  "spread over " + population.regions() + " regions, on no host in particular"));
      case UNRELATED -> {}
    }
  }

  // Either the host kills everything, or only its cores were collected.
  private static Argument crowded(OneHost host) {
    return new Argument(
        Nature.CANNOT_TELL,
        "most of everything that died, died on one physical host, " + host.host());
  }

  private static void traced(HostInquiry host, List<Argument> arguments) {
    String many =
        String.format(
            Locale.ROOT,
            "%d of the %d nodes that lived on it had a case (by chance: p = %.2g), whichever node"
                + " is left out",
            host.nodesWithCases(),
            host.nodes(),
            host.chanceOfNodes());
    switch (host.answer()) {
      case CONFIRMED_HOST, HOST -> {
        arguments.add(new Argument(Nature.HARDWARE_LIKE, "one physical host: " + many));
      }
      case ONE_VM ->
          arguments.add(
              new Argument(
                  Nature.CANNOT_TELL,
                  "without its worst node the host shows nothing: it may be one sick VM"));
      case NO_EXCESS -> {}
    }
    if (host.answer() != HostTrace.Answer.NO_EXCESS
        && host.selfControlled().estimable()
        && host.selfControlled().interval().above(1))
      arguments.add(
          new Argument(Nature.HARDWARE_LIKE, "the same nodes were healthier on other hosts"));
  }

  private static void time(DiseaseClass population, List<Argument> arguments) {
    if (population.onset() instanceof Onset.Began began)
      switch (began.shape()) {
        case CRISP ->
            arguments.add(new Argument(Nature.HARDWARE_LIKE, "it began from one day to the next"));
        case GRADUAL ->
            arguments.add(new Argument(Nature.SOFTWARE_LIKE, "it rose gradually, as load does"));
        case CANNOT_TELL -> {}
      }
    if (population.kind() == DiseaseClass.Kind.PLACE && population.youngShare() >= YOUNG)
      arguments.add(
          new Argument(
              Nature.HARDWARE_LIKE,
              "only young nodes have it: machines that are replaced land there again"));
  }

  // What cannot be told is no argument.
  private static Optional<Argument> follows(LoadCheck check) {
    DoseResponse.Slope slope = check.slope();
    String figures =
        String.format(
            Locale.ROOT,
            "%s (slope %.2g, %.2g to %.2g, where a race gives 1)",
            check.load(),
            slope.value(),
            slope.interval().lower(),
            slope.interval().upper());
    return switch (slope.reading()) {
      case PROPORTIONAL ->
          Optional.of(
              new Argument(Nature.SOFTWARE_LIKE, "its rate rises in proportion to " + figures));
      case RISES_OTHERWISE ->
          Optional.of(new Argument(Nature.SOFTWARE_LIKE, "its rate rises with " + figures));
      case NOT_DRIVEN ->
          Optional.of(new Argument(Nature.CANNOT_TELL, "its rate does not follow " + figures));
      case CANNOT_TELL -> Optional.empty();
    };
  }

  private static void signs(DiseaseClass population, List<Argument> arguments) {
    for (DiseaseClass.TellingSign sign : population.signs()) {
      if (sign.share() < Math.max(SELDOM, OFTEN * sign.shareOfOthers())) continue;
      boolean wrongMachine =
          sign.sign().equals("operand_agrees = false")
              || sign.sign().startsWith("stack_alignment = shifted");
      boolean runtime =
          sign.sign().equals("unwinder_at_work = true")
              || sign.sign().equals("exception_object = true");
      String sentence =
          String.format(
              Locale.ROOT,
              "%s in %.0f %%, against %.0f %% of other crashes",
              sign.sign(),
              100 * sign.share(),
              100 * sign.shareOfOthers());
      if (wrongMachine) arguments.add(new Argument(Nature.HARDWARE_LIKE, sentence));
      if (runtime) arguments.add(new Argument(Nature.SOFTWARE_LIKE, sentence));
    }
  }
}
