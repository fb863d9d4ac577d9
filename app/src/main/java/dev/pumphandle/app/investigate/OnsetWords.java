package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.investigation.DiseaseClass;
import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.epi.onset.CalendarMatch;
import dev.pumphandle.epi.onset.Onset;
import dev.pumphandle.epi.onset.OnsetPosterior;
import java.util.List;
import java.util.Optional;

/// A start in plain words.
final class OnsetWords {

  private static final int SHOWN = 3;
  private static final double NO_NEWS = 0.95;

  private final Study study;

  OnsetWords(Study study) {
    this.study = study;
  }

  /// When it began, how, and whether the data can tell.
  String sentence(Onset onset) {
    return switch (onset) {
      case Onset.TooFew few ->
          "Too few cases ("
              + Words.count(few.cases())
              + ") for a date"
              + (few.firstSeen() < 0 ? "." : "; first seen " + day(few.firstSeen()) + ".");
      case Onset.NoChange none ->
          "No start within this time: the rate did not rise by more than chance gives.";
      case Onset.Began began ->
          "Began "
              + day(began.start())
              + " (95 % "
              + day(began.earliest())
              + " to "
              + day(began.latest())
              + "), "
              + shape(began)
              + (began.neverBefore() ? "; never seen before" : "")
              + ".";
    };
  }

  private String shape(Onset.Began began) {
    return switch (began.shape()) {
      case CRISP ->
          "crisply, from one day to the next; the likeliest single day is " + day(began.bestStep());
      case GRADUAL -> "gradually";
      case CANNOT_TELL -> "crisp or gradual cannot be told from so few cases";
    };
  }

  /// Whether the shape is crisp, gradual or not to be told; empty when there is no start.
  static Optional<OnsetPosterior.Shape> shape(Onset onset) {
    return onset instanceof Onset.Began began ? Optional.of(began.shape()) : Optional.empty();
  }

  /// Which changes lie in the interval, and how likely that was anyway.
  Optional<String> calendar(DiseaseClass population) {
    if (study.calendar().isEmpty() || population.calendar().isEmpty()) {
      return Optional.empty();
    }
    CalendarMatch match = population.calendar().get();
    String anyway =
        "; an interval this wide holds one by chance with " + Figures.percent(match.chance());
    if (match.chance() > NO_NEWS) {
      return Optional.of("The interval is too wide to be matched with releases or kernels.");
    }
    if (match.inside().isEmpty()) {
      return Optional.of("No release or kernel began then" + anyway + ".");
    }
    List<String> names =
        match.inside().stream().map(i -> study.calendar().get(i).what()).limit(SHOWN).toList();
    int more = match.inside().size() - names.size();
    return Optional.of(
        "Then began: "
            + String.join(", ", names)
            + (more > 0 ? " and " + more + " more" : "")
            + anyway
            + ".");
  }

  private String day(int bin) {
    return Figures.day(study.start(), bin).toString();
  }
}
