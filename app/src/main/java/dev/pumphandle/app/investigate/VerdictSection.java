package dev.pumphandle.app.investigate;

import dev.pumphandle.app.Session;
import dev.pumphandle.epi.investigation.Diagnosis;
import dev.pumphandle.epi.investigation.DiseaseClass;
import dev.pumphandle.epi.investigation.Exposure;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.OneHost;
import dev.pumphandle.epi.scan.Verdict;
import java.io.IOException;
import java.util.stream.Collectors;

/// The last section of the page: what each population looks like, and what to do next.
final class VerdictSection {

  private final PageWriter page;
  private final Session session;
  private final String program;

  /// @param program how Pumphandle is called in what is suggested
  VerdictSection(PageWriter page, Session session, String program) {
    this.page = page;
    this.session = session;
    this.program = program;
  }

  void write(Findings findings) throws IOException {
    page.title("6  Verdict");
    char letter = 'A';
    boolean any = false;
    for (int i = 0; i < findings.classes().size(); i++) {
      DiseaseClass population = findings.classes().get(i);
      if (population.kind() == DiseaseClass.Kind.UNRELATED) {
        continue;
      }
      any = true;
      Diagnosis diagnosis = findings.diagnoses().get(i);
      page.item(
          letter++
              + ": "
              + session.style().strong(nature(diagnosis.nature()))
              + ". For it: "
              + arguments(diagnosis, diagnosis.nature(), true)
              + ". Against: "
              + arguments(diagnosis, diagnosis.nature(), false)
              + ". Next: "
              + findings.oneHost().map(this::crowded).orElseGet(() -> next(population, diagnosis))
              + ".");
    }
    if (!any) {
      page.line(
          findings
              .oneHost()
              .map(h -> "Nothing can be told by searching (5). Next: " + crowded(h) + ".")
              .orElse(
                  findings.findings().stream().anyMatch(f -> f.verdict() == Verdict.CONFIRMED)
                      ? "Somebody has more cases than others (4), but no population of its own"
                          + " stands out."
                      : "Nothing here that chance does not explain."));
    }
    page.line(
        "All of this is association; a cause is shown by what happens when the pump loses its handle.");
  }

  private static String nature(Diagnosis.Nature nature) {
    return switch (nature) {
      case HARDWARE_LIKE -> "hardware-like";
      case SOFTWARE_LIKE -> "software-like";
      case CANNOT_TELL -> "hardware or software cannot be told";
    };
  }

  private static String arguments(Diagnosis diagnosis, Diagnosis.Nature nature, boolean its) {
    String text =
        diagnosis.arguments().stream()
            .filter(a -> (a.speaksFor() == nature) == its)
            .map(Diagnosis.Argument::sentence)
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? "nothing" : text;
  }

  private String crowded(OneHost host) {
    return "make sure that the cores of all hosts were collected, then "
        + program
        + " hosts "
        + host.host();
  }

  private String next(DiseaseClass population, Diagnosis diagnosis) {
    return switch (diagnosis.nature()) {
      case HARDWARE_LIKE ->
          population
              .place()
              .flatMap(
                  f ->
                      f.conditions().stream()
                          .filter(c -> c.exposure().role() == Exposure.Role.HOST)
                          .findFirst())
              .map(c -> program + " hosts " + c.value() + " (then drain it and see)")
              .orElse("find the machine behind it");
      case SOFTWARE_LIKE ->
          "read one case of it in depth: "
              + program
              + " list "
              + (population.labels().isEmpty()
                  ? ""
                  : "label:" + population.labels().getFirst().label());
      case CANNOT_TELL -> "wait for more cases, or look at its cases one by one";
    };
  }
}
