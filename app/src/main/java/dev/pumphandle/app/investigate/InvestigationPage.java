package dev.pumphandle.app.investigate;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.investigation.DiseaseClass;
import dev.pumphandle.epi.investigation.Finding;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.HostInquiry;
import dev.pumphandle.epi.investigation.InvestigationOptions;
import dev.pumphandle.epi.investigation.LatentHost;
import dev.pumphandle.epi.investigation.MixedUp;
import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.registry.StudyIntake;
import dev.pumphandle.registry.StudyTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The page of an investigation: six questions in plain words, figures with what they rest on.
public final class InvestigationPage {

  /// What is investigated without a question: control came back to a word that is no code. One
  /// complaint, and several diseases have it.
  public static final String USUAL_QUESTION = "control_arrived = 'returned'";

  private static final int MOST_ROWS = 5;
  private static final int MOST_LEADS = 3;

  private final Session session;
  private final PageWriter page;
  private final String condition;
  private final boolean usual;
  private String program;

  /// The page in one session.
  ///
  /// @param condition which cases, in SQL
  /// @param usual whether nobody asked for anything in particular
  public InvestigationPage(Session session, String condition, boolean usual) {
    this.session = session;
    this.page = new PageWriter(session);
    this.condition = condition;
    this.usual = usual;
    this.program = session.command("").strip();
  }

  /// Names another way to call Pumphandle in what it suggests, such as one with a workspace.
  public InvestigationPage calling(String command) {
    program = command;
    return this;
  }

  /// Writes it.
  public void write(StudyTables tables, Optional<Findings> found, InvestigationOptions options)
      throws IOException {
    counts(tables.intake(), found);
    if (tables.study().isEmpty() || found.isEmpty()) {
      page.line("Nothing to investigate: no crash with a time is left.");
      return;
    }
    Study study = tables.study().get();
    Findings findings = found.get();
    if (findings.cases() == 0) {
      page.line("No case meets the question. pumphandle label shows what there is.");
      return;
    }
    populations(findings);
    when(study, findings);
    exposures(study, findings, options);
    host(study, findings);
    new VerdictSection(page, session, program).write(findings);
  }

  private void counts(StudyIntake intake, Optional<Findings> found) throws IOException {
    page.title("1  What went in");
    page.line(
        "Cases: "
            + (usual ? "control returned to a word that is no code (" + condition + ")" : condition)
            + ".");
    page.line(
        Words.count(intake.listed(), "object")
            + " listed → "
            + Words.count(intake.readable())
            + " readable → "
            + Words.count(intake.matching(), "record")
            + (intake.matching() == 1 ? " that meets" : " that meet")
            + " the question → "
            + Words.count(intake.caseEpisodes(), "episode")
            + " (repeats on a node within 24 hours count once), compared with "
            + Words.count(intake.episodes() - intake.caseEpisodes(), "other episode")
            + ".");
    if (!intake.labels().isEmpty()) {
      page.line("Their labels: " + reasons(intake.labels()) + ".");
    }
    List<String> lost = new ArrayList<>();
    if (!intake.excluded().isEmpty()) {
      lost.add("no cases: " + reasons(intake.excluded()));
    }
    if (!intake.unread().isEmpty()) {
      lost.add("not to be read: " + reasons(intake.unread()));
    }
    if (intake.undated() > 0) {
      lost.add("without a time: " + Words.count(intake.undated()));
    }
    if (intake.outside() > 0) {
      lost.add("outside the time looked at: " + Words.count(intake.outside()));
    }
    if (!intake.unplaced().isEmpty()) {
      lost.add("not placed in host-time: " + reasons(intake.unplaced()));
    }
    if (!lost.isEmpty()) {
      page.line("Could not be used: " + String.join("; ", lost) + ".");
    }
    if (intake.overlapping() + intake.empty() > 0) {
      page.line(
          "Inventory: "
              + Words.count(intake.overlapping())
              + " times the stretch of a node overlapped the next and was cut where that began; "
              + Words.count(intake.empty())
              + " without length left out.");
    }
    if (found.isPresent() && !found.get().unused().isEmpty()) {
      page.line(
          "Tell nothing (missing in more than half of the crashes, or the same everywhere): "
              + found.get().unused().stream().map(e -> e.words()).collect(Collectors.joining(", "))
              + ".");
    }
  }

  private static String reasons(List<StudyIntake.Reason> reasons) {
    return reasons.stream()
        .map(r -> Words.count(r.count()) + " " + r.reason())
        .collect(Collectors.joining(", "));
  }

  private void populations(Findings findings) throws IOException {
    page.title("2  One disease or several");
    List<DiseaseClass> diseases = diseases(findings);
    if (findings.classes().isEmpty()) {
      page.line("Fewer than 20 cases: too few to divide.");
      return;
    }
    page.line(
        switch (diseases.size()) {
          case 0 -> "No population stands out: these cases look like other crashes.";
          case 1 -> "One population stands out, found without looking at labels.";
          default -> diseases.size() + " populations, found without looking at labels.";
        });
    char letter = 'A';
    for (DiseaseClass each : diseases) {
      page.item(
          letter++
              + ": "
              + Words.count(each.members().size(), "case")
              + ", "
              + where(each)
              + ". Labels: "
              + each.labels().stream()
                  .limit(MOST_ROWS)
                  .map(l -> l.count() + " " + l.label())
                  .collect(Collectors.joining(", "))
              + (each.signs().isEmpty()
                  ? "."
                  : ". Told apart by "
                      + each.signs().stream()
                          .limit(3)
                          .map(
                              s ->
                                  s.sign()
                                      + " in "
                                      + Figures.percent(s.share())
                                      + " (others "
                                      + Figures.percent(s.shareOfOthers())
                                      + ")")
                          .collect(Collectors.joining(", "))
                      + "."));
    }
    DiseaseClass unrelated = findings.classes().getFirst();
    page.item(
        "Unrelated: "
            + Words.count(unrelated.members().size(), "case")
            + " that look like other crashes.");
    for (String sentence : findings.labels().stream().limit(MOST_ROWS).toList()) {
      page.line(sentence + ".");
    }
    discord(findings);
  }

  private void discord(Findings findings) throws IOException {
    if (findings.discord().isEmpty()) {
      return;
    }
    List<Double> q = findings.discord().get().q();
    List<String> differ = new ArrayList<>();
    for (int i = 0; i < q.size(); i++) {
      if (q.get(i) <= 0.05) {
        differ.add(findings.discordAttributes().get(i));
      }
    }
    page.line(
        "Tested on what they were not divided by ("
            + String.join(", ", findings.discordAttributes())
            + "), the two largest "
            + (differ.isEmpty()
                ? "do not differ: they may be one."
                : "differ in " + String.join(" and ", differ) + "."));
  }

  private static List<DiseaseClass> diseases(Findings findings) {
    return findings.classes().stream()
        .filter(c -> c.kind() != DiseaseClass.Kind.UNRELATED)
        .toList();
  }

  private static String where(DiseaseClass each) {
    return each.place()
        .map(f -> "of one place: " + f.words())
        .orElseGet(() -> "spread over " + Words.count(each.regions(), "region"));
  }

  private void when(Study study, Findings findings) throws IOException {
    page.title("3  When");
    OnsetWords onsets = new OnsetWords(study);
    List<DiseaseClass> diseases = diseases(findings);
    if (diseases.isEmpty()) {
      page.line("All cases together: " + onsets.sentence(findings.onset()));
    }
    char letter = 'A';
    for (DiseaseClass each : diseases) {
      page.item(
          letter++
              + ": "
              + onsets.sentence(each.onset())
              + (each.ended() ? " It has abated since." : "")
              + onsets.calendar(each).map(s -> " " + s).orElse(""));
    }
  }

  private void exposures(Study study, Findings findings, InvestigationOptions options)
      throws IOException {
    page.title("4  Where and to whom");
    page.line(
        Words.count(findings.groupsSearched(), "group")
            + " were looked at, "
            + (study.hasInventory()
                ? "against other crashes and against "
                    + Words.count(Math.round(findings.hostHours()), "host-hour")
                : "against other crashes only: there is no inventory, so rates cannot be told")
            + ".");
    if (findings.findings().isEmpty()) {
      page.line("Nobody has more cases than chance gives.");
    }
    for (Finding each : findings.findings()) {
      page.item(
          (each.within().isPresent() ? "Of the same: " : "")
              + session.style().strong(each.words())
              + ": "
              + sentence(study, each, options));
    }
    for (MixedUp each : findings.mixedUp().stream().limit(MOST_ROWS).toList()) {
      page.item(
          (each.reversed() ? "TURNS ROUND: " : "Only looks guilty: ")
              + each.words()
              + ", odds "
              + Figures.times(each.crude())
              + " by itself, "
              + Figures.times(each.adjusted())
              + " once the findings above are held fixed.");
    }
    leads(study, findings);
  }

  private void leads(Study study, Findings findings) throws IOException {
    List<Finding> leads = findings.leads().stream().limit(MOST_LEADS).toList();
    if (leads.isEmpty()) {
      return;
    }
    page.line("Leads, none of which chance could not give:");
    for (Finding each : leads) {
      page.item(
          session
              .style()
              .faint(
                  each.words()
                      + (each.fromDay() > 0
                          ? " from " + Figures.day(study.start(), each.fromDay()) + " on"
                          : "")
                      + ": "
                      + each.cases()
                      + " of "
                      + each.crashes()
                      + " crashes, odds "
                      + Figures.times(each.oddsRatio())));
    }
  }

  private static String sentence(Study study, Finding each, InvestigationOptions options) {
    String verdict =
        switch (each.verdict()) {
          case CONFIRMED -> "confirmed by both designs";
          case ONE_DESIGN -> "significant in one design only";
          case LEAD, NOTHING -> "not significant";
        };
    StringBuilder text = new StringBuilder();
    text.append(each.cases()).append(" of ").append(each.crashes());
    text.append(" crashes there are cases, ").append(each.allCases() - each.cases());
    text.append(" of ").append(each.allCrashes() - each.crashes()).append(" elsewhere; odds ");
    text.append(Figures.times(each.oddsRatio()));
    if (each.rateRatio().estimable()) {
      text.append(", rate ").append(Figures.times(each.rateRatio()));
    }
    if (changes(each)) {
      text.append("; with the other findings held fixed odds ");
      text.append(Figures.times(each.oddsRatioAdjusted()));
    }
    text.append(". ").append(verdict.substring(0, 1).toUpperCase(java.util.Locale.ROOT));
    text.append(verdict.substring(1)).append("; by chance over all groups: ");
    text.append(Figures.chance(each.familyWiseP(), options.replicates())).append('.');
    if (each.fromDay() > 0) {
      text.append(" From ").append(Figures.day(study.start(), each.fromDay())).append(" on.");
    }
    text.append(" On ").append(Words.count(each.nodes(), "node")).append('.');
    if (each.necessary()) {
      text.append(" No case without it.");
    }
    if (!each.aliases().isEmpty()) {
      text.append(" Also written: ").append(String.join("; ", each.aliases())).append('.');
    }
    return text.toString();
  }

  private static boolean changes(Finding each) {
    double crude = each.oddsRatio().value();
    double adjusted = each.oddsRatioAdjusted().value();
    return each.oddsRatioAdjusted().estimable()
        && Math.abs(Math.log(crude / adjusted)) > Math.log(1.1);
  }

  private void host(Study study, Findings findings) throws IOException {
    page.title("5  The physical host");
    if (findings.oneHost().isPresent()) {
      page.line(OneHostWords.sentence(findings.oneHost().get()));
      return;
    }
    if (findings.host().isEmpty()) {
      page.line(
          study.position(dev.pumphandle.epi.investigation.Exposure.Role.HOST) < 0
              ? "Physical hosts are unknown: a host cannot be told from the machines on it."
              : "No physical host stands out.");
      for (LatentHost each : findings.latentHosts()) {
        page.item(LatentHostWords.sentence(each));
      }
      return;
    }
    HostInquiry host = findings.host().get();
    page.line(
        host.host()
            + ": "
            + Words.count(host.cases(), "case")
            + " where "
            + Figures.brief(host.expected())
            + " were expected; "
            + host.nodesWithCases()
            + " of the "
            + Words.count(host.nodes(), "node")
            + " that lived there had one. The oldest of them was "
            + host.oldestWithCase()
            + " old when it died.");
    page.line(
        switch (host.answer()) {
          case CONFIRMED_HOST ->
              "It is the host and not one sick machine: the excess stays whichever node is left out.";
          case HOST -> "It looks like the host rather than one sick machine, on only two nodes.";
          case ONE_VM -> "One node carries it: without that node the host shows nothing.";
          case NO_EXCESS -> "No more cases than expected.";
        });
    page.line(
        host.selfControlled().estimable()
            ? "The same nodes on this host against elsewhere: rate "
                + Figures.times(host.selfControlled())
                + (host.selfControlled().interval().contains(1)
                    ? ", which tells neither way."
                    : ".")
            : "No node that lived there also lived elsewhere: it cannot be its own control.");
  }
}
