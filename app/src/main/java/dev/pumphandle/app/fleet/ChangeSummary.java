package dev.pumphandle.app.fleet;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.util.ArrayList;
import java.util.List;

/// What came of collecting calendars.
///
/// @param taken files that were read and kept
/// @param known files that had been taken before
/// @param refused files that could not be used
/// @param kinds what the whole calendar holds now
public record ChangeSummary(long taken, long known, long refused, List<Kind> kinds) {

  /// The changes of one kind.
  ///
  /// @param name the kind
  /// @param count how many
  /// @param first the first day
  /// @param last the last day
  public record Kind(String name, long count, String first, String last) {}

  /// Copies the list.
  public ChangeSummary {
    kinds = List.copyOf(kinds);
  }

  /// For a person.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Took "
            + Words.count(taken, "file")
            + (known > 0 ? "; " + Words.count(known) + " known already" : "")
            + (refused > 0 ? "; " + Words.count(refused) + " refused" : "")
            + ".");
    long all = kinds.stream().mapToLong(Kind::count).sum();
    lines.add("The calendar holds " + Words.count(all, "change") + (all == 0 ? "." : ":"));
    for (Kind kind : kinds) {
      lines.add(
          "  "
              + Words.count(kind.count())
              + " "
              + kind.name()
              + ", "
              + kind.first()
              + (kind.first().equals(kind.last()) ? "" : " to " + kind.last()));
    }
    return lines;
  }

  /// For a program.
  public Grid grid() {
    return Grid.of(
        List.of(
            Heading.words("kind"),
            Heading.numbers("changes"),
            Heading.words("first"),
            Heading.words("last")),
        kinds.stream()
            .map(
                kind ->
                    List.of(
                        Value.text(kind.name()),
                        Value.whole(kind.count()),
                        Value.text(kind.first()),
                        Value.text(kind.last())))
            .toList());
  }
}
