package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.epi.investigation.Finding;
import dev.pumphandle.epi.investigation.Findings;
import dev.pumphandle.epi.investigation.Study;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The findings one a row, for spreadsheets and tickets: who has more cases than expected, surest
/// first. All else that an investigation finds is in [InvestigationJson].
public final class FindingsGrid {

  private FindingsGrid() {}

  /// The rows; none where there is nothing to investigate.
  public static Grid of(Optional<Study> study, Optional<Findings> findings) {
    List<Finding> all = findings.map(Findings::findings).orElse(List.of());
    return Grid.of(
        List.of(
            Heading.words("finding"),
            Heading.whole("verdict"),
            Heading.numbers("family_wise_p"),
            Heading.whole("from_day"),
            Heading.numbers("cases"),
            Heading.numbers("crashes"),
            Heading.numbers("nodes"),
            Heading.numbers("odds_ratio"),
            Heading.numbers("odds_ratio_adjusted"),
            Heading.numbers("rate_ratio"),
            Heading.words("within")),
        study.map(s -> all.stream().map(f -> row(s, f)).toList()).orElse(List.of()));
  }

  private static List<Value> row(Study study, Finding each) {
    return List.of(
        Value.text(each.words()),
        Value.text(each.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-')),
        HostRates.number(each.familyWiseP()),
        each.fromDay() < 0
            ? Value.MISSING
            : Value.text(Figures.day(study.start(), each.fromDay()).toString()),
        Value.whole(each.cases()),
        Value.whole(each.crashes()),
        Value.whole(each.nodes()),
        HostRates.number(each.oddsRatio().value()),
        HostRates.number(each.oddsRatioAdjusted().value()),
        HostRates.number(each.rateRatio().value()),
        each.within().map(Value::text).orElse(Value.MISSING));
  }
}
