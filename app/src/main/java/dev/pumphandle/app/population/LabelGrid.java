package dev.pumphandle.app.population;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Sparkline;
import dev.pumphandle.app.output.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The counts by label as a grid.
public final class LabelGrid {
  private LabelGrid() {}

  /// For a screen: with a curve in the place of numbers, dates without hours, and probable and
  /// suspect cases together.
  public static Grid onScreen(List<LabelCount> labels) {
    List<Heading> headings =
        List.of(
            Heading.whole("label"),
            Heading.numbers("confirmed"),
            Heading.numbers("unconfirmed"),
            Heading.whole("over time"),
            Heading.whole("first"),
            Heading.whole("last"));
    List<List<Value>> rows = new ArrayList<>();
    for (LabelCount each : labels) {
      boolean other = each.version() == 0;
      rows.add(
          List.of(
              Value.text(each.label()),
              other ? Value.whole(each.all()) : count(each.confirmed()),
              count(each.probable() + each.suspect()),
              Value.text(Sparkline.of(each.curve())),
              day(each.first()),
              day(each.last())));
    }
    return Grid.of(headings, rows);
  }

  /// For programs: every number, nothing drawn.
  public static Grid forPrograms(List<LabelCount> labels) {
    List<Heading> headings =
        List.of(
            Heading.words("label"),
            Heading.numbers("version"),
            Heading.numbers("cases"),
            Heading.numbers("confirmed"),
            Heading.numbers("probable"),
            Heading.numbers("suspect"),
            Heading.words("first"),
            Heading.words("last"));
    List<List<Value>> rows = new ArrayList<>();
    for (LabelCount each : labels) {
      rows.add(
          List.of(
              Value.text(each.label()),
              each.version() == 0 ? Value.MISSING : Value.whole(each.version()),
              Value.whole(each.all()),
              Value.whole(each.confirmed()),
              Value.whole(each.probable()),
              Value.whole(each.suspect()),
              each.first().<Value>map(Value.Moment::new).orElse(Value.MISSING),
              each.last().<Value>map(Value.Moment::new).orElse(Value.MISSING)));
    }
    return Grid.of(headings, rows);
  }

  private static Value count(long number) {
    return number == 0 ? Value.MISSING : Value.whole(number);
  }

  private static Value day(Optional<Instant> at) {
    return at.map(moment -> Value.text(moment.toString().substring(0, 10))).orElse(Value.MISSING);
  }
}
