package dev.pumphandle.epi.investigation;

import java.util.ArrayList;
import java.util.List;

/// How the populations found without labels stand to the labels.
final class LabelSentence {

  private static final int FEWEST = 5;

  private LabelSentence() {}

  /// One sentence for each label that hides two populations, and for each population that has
  /// several
  /// labels; none when labels and populations agree.
  static List<String> of(List<DiseaseClass> classes) {
    List<String> sentences = new ArrayList<>();
    List<DiseaseClass> diseases =
        classes.stream().filter(c -> c.kind() != DiseaseClass.Kind.UNRELATED).toList();
    for (int i = 0; i < diseases.size(); i++) {
      List<DiseaseClass.LabelCount> many =
          diseases.get(i).labels().stream().filter(l -> l.count() >= FEWEST).toList();
      if (many.size() > 1)
        sentences.add(
            "Population "
                + (char) ('A' + i)
                + " goes by several labels: "
                + String.join(", ", many.stream().map(l -> l.count() + " " + l.label()).toList()));
      for (DiseaseClass.LabelCount label : many)
        for (int j = i + 1; j < diseases.size(); j++)
          for (DiseaseClass.LabelCount other : diseases.get(j).labels())
            if (other.label().equals(label.label()) && other.count() >= FEWEST)
              sentences.add(
                  "The label "
                      + label.label()
                      + " hides two populations: "
                      + label.count()
                      + " cases of "
                      + (char) ('A' + i)
                      + " and "
                      + other.count()
                      + " of "
                      + (char) ('A' + j));
    }
    return sentences;
  }
}
