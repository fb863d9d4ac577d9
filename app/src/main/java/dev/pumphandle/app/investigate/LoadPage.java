package dev.pumphandle.app.investigate;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.JsonRenderer;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.epi.investigation.LoadCheck;
import dev.pumphandle.epi.race.DoseResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Whether cases follow the load, in sentences, and region by region in a table.
public final class LoadPage {

  private final Session session;

  /// The page in one session.
  public LoadPage(Session session) {
    this.session = session;
  }

  /// Writes the check; or why there is none.
  ///
  /// @param episodes how many cases were asked about
  public void write(Optional<LoadCheck> check, long episodes) throws IOException {
    if (check.isEmpty()) {
      session.say(
          "Whether these cases follow the load cannot be told: of "
              + episodes
              + " too few lie in stretches of the inventory with exceptions_per_second, or it hardly"
              + " differs between them.");
      return;
    }
    LoadCheck found = check.get();
    if (session.format() == OutputFormat.JSON) {
      JsonRenderer.renderOne(json(found), session.out());
      return;
    }
    if (session.format() == OutputFormat.TABLE) {
      session.tell(sentences(found));
    } else {
      sentences(found).forEach(session::say);
    }
    if (!found.places().isEmpty()) {
      session.print(regions(found));
    }
  }

  private static List<String> sentences(LoadCheck check) {
    DoseResponse.Slope slope = check.slope();
    String reading =
        switch (slope.reading()) {
          case PROPORTIONAL -> "in proportion to it, as a race rises.";
          case RISES_OTHERWISE -> "with it, but not in proportion: not a race with it alone.";
          case NOT_DRIVEN -> "not with it: something else drives them.";
          case CANNOT_TELL -> "too uncertainly to tell proportion from none.";
        };
    String unknown =
        check.unknown() == 0
            ? ""
            : String.format(Locale.ROOT, " (of %,d more the load is not known)", check.unknown());
    String regions =
        Double.isNaN(check.p())
            ? ""
            : check.p() < 0.01
                ? "Regions differ by more than their load explains ("
                    + chance(check.p())
                    + "): look at what else they do not share."
                : "Regions differ no more than their load explains (" + chance(check.p()) + ").";
    return List.of(
            String.format(
                Locale.ROOT,
                "%,d cases%s, at loads of %s to %s %s.",
                check.cases(),
                unknown,
                Figures.brief(check.least()),
                Figures.brief(check.most()),
                check.load()),
            String.format(
                Locale.ROOT,
                "Their rate rises %s Slope %.2f (95 %% %.2f to %.2f); a race gives 1, no connection 0.",
                reading,
                slope.value(),
                slope.interval().lower(),
                slope.interval().upper()),
            regions)
        .stream()
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  private static String chance(double p) {
    return p < 0.001 ? "p below 0.001" : String.format(Locale.ROOT, "p = %.2g", p);
  }

  private static Value.Named json(LoadCheck check) {
    Map<String, Value> named = new LinkedHashMap<>();
    named.put("load", Value.text(check.load()));
    named.put("cases", Value.whole(check.cases()));
    named.put("cases_without_load", Value.whole(check.unknown()));
    named.put("least_load", HostRates.number(check.least()));
    named.put("most_load", HostRates.number(check.most()));
    named.put("slope", HostRates.number(check.slope().value()));
    named.put("slope_lower", HostRates.number(check.slope().interval().lower()));
    named.put("slope_upper", HostRates.number(check.slope().interval().upper()));
    named.put(
        "reading",
        Value.text(check.slope().reading().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    named.put("regions_differ_p", HostRates.number(check.p()));
    List<Value> regions = new ArrayList<>();
    for (LoadCheck.Place place : check.places()) {
      Map<String, Value> one = new LinkedHashMap<>();
      one.put("region", Value.text(place.name()));
      one.put("cases", Value.whole(place.cases()));
      one.put("expected", HostRates.number(place.expected()));
      one.put("ratio", HostRates.number(place.ratio().value()));
      one.put("lower", HostRates.number(place.ratio().interval().lower()));
      one.put("upper", HostRates.number(place.ratio().interval().upper()));
      regions.add(new Value.Named(one));
    }
    named.put("regions", new Value.Several(regions));
    return new Value.Named(named);
  }

  private static Grid regions(LoadCheck check) {
    return Grid.of(
        List.of(
            Heading.whole("region"),
            Heading.numbers("cases"),
            Heading.numbers("expected"),
            Heading.numbers("ratio"),
            Heading.numbers("lower"),
            Heading.numbers("upper")),
        check.places().stream()
            .map(
                place ->
                    List.of(
                        Value.text(place.name()),
                        Value.whole(place.cases()),
                        HostRates.number(place.expected()),
                        HostRates.number(place.ratio().value()),
                        HostRates.number(place.ratio().interval().lower()),
                        HostRates.number(place.ratio().interval().upper())))
            .toList());
  }
}
