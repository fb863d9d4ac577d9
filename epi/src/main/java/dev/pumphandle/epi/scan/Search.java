package dev.pumphandle.epi.scan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One pass over all families for one sample: the subset with the best score.
///
/// It touches only groups that hold a case of the sample, so its cost does not grow with the fleet.
/// Holds scratch arrays: one search per thread.
final class Search {

  private static final double TIE = 1e-9;

  /// How many times the rate elsewhere a subset's must be to be looked at.
  ///
  /// Folklore: of 600,000 cases the search put eight releases into the model, each surely 1.0 to
  /// 1.2 times as frequent as expected, and had no step left for the bad host with its 24. With so
  /// many cases everything is sure, and expected counts are never right to a few percent.
  static final double MATTERS = 1.5;

  private static final int NONE = -1;

  private final List<FamilyTable> tables;
  private final int[] values;
  private final int leastCases;
  private final double doubt;
  private final int[] count;
  private final int[] head;
  private int[] next = new int[0];
  private int[] groupOf = new int[0];
  private int[] touched = new int[0];
  private int[] dayBuffer = new int[0];
  private double bestScore;
  private double bestOfGroup;
  private boolean listening;
  private Optional<Candidate> heard = Optional.empty();

  /// @param doubt what each ratio is divided by
  Search(List<FamilyTable> tables, int[] values, int leastCases, double doubt) {
    this.tables = tables;
    this.values = values;
    this.leastCases = leastCases;
    this.doubt = doubt;
    int most = tables.stream().mapToInt(t -> t.groups).max().orElse(1);
    this.count = new int[most];
    this.head = new int[most];
  }

  /// The best score, minus infinity when no group has enough cases.
  double bestScore(Sample sample) {
    listening = false;
    return run(sample, _ -> {});
  }

  /// Hands the best subset of each group with enough cases and a positive ratio to `each`, families
  /// in order.
  void forEach(Sample sample, Consumer<Candidate> each) {
    listening = true;
    run(sample, each);
  }

  private double run(Sample sample, Consumer<Candidate> each) {
    bestScore = Double.NEGATIVE_INFINITY;
    if (next.length < sample.size) {
      next = new int[sample.size];
      groupOf = new int[sample.size];
      touched = new int[sample.size];
      dayBuffer = new int[sample.size];
    }
    for (FamilyTable table : tables) scan(table, sample, each);
    return bestScore;
  }

  private void scan(FamilyTable table, Sample sample, Consumer<Candidate> each) {
    int groups = 0;
    int known = 0;
    table.family.groups(sample.codes, sample.width, sample.size, values, groupOf);
    for (int i = 0; i < sample.size; i++) {
      int g = groupOf[i];
      if (g < 0) continue;
      known++;
      if (count[g]++ == 0) {
        touched[groups++] = g;
        head[g] = NONE;
      }
      next[i] = head[g];
      head[g] = i;
    }
    for (int t = 0; t < groups; t++) {
      int g = touched[t];
      bestOfGroup = Double.NEGATIVE_INFINITY;
      heard = Optional.empty();
      if (count[g] >= leastCases) {
        if (table.family.timed()) windows(table, sample, g, known);
        else judge(table, g, 0, table.days, count[g], known);
      }
      heard.ifPresent(each);
      count[g] = 0;
    }
  }

  private void windows(FamilyTable table, Sample sample, int g, int known) {
    int n = 0;
    for (int i = head[g]; i != NONE; i = next[i]) dayBuffer[n++] = sample.days[i];
    Arrays.sort(dayBuffer, 0, n);
    switch (table.family) {
      case Family.Window(int _, int longest) -> inner(table, g, known, n, longest);
      case Family.Onset onset -> suffixes(table, g, known, n);
      case Family.Everybody everybody -> {
        suffixes(table, g, known, n);
        prefixes(table, g, known, n);
      }
      case Family.Single single -> {}
      case Family.Pair pair -> {}
    }
  }

  private void suffixes(FamilyTable table, int g, int known, int n) {
    for (int i = n - leastCases; i >= 0; i--) {
      if (i > 0 && dayBuffer[i - 1] == dayBuffer[i]) continue;
      judge(table, g, dayBuffer[i], table.days, n - i, known);
    }
  }

  private void prefixes(FamilyTable table, int g, int known, int n) {
    for (int i = leastCases - 1; i < n; i++) {
      if (i + 1 < n && dayBuffer[i + 1] == dayBuffer[i]) continue;
      judge(table, g, 0, dayBuffer[i] + 1, i + 1, known);
    }
  }

  private void inner(FamilyTable table, int g, int known, int n, int longest) {
    for (int i = 0; i <= n - leastCases; i++) {
      if (i > 0 && dayBuffer[i - 1] == dayBuffer[i]) continue;
      int lastDay = dayBuffer[i] + longest;
      for (int j = i + leastCases - 1; j < n && dayBuffer[j] < lastDay; j++) {
        if (j + 1 < n && dayBuffer[j + 1] == dayBuffer[j]) continue;
        judge(table, g, dayBuffer[i], dayBuffer[j] + 1, j - i + 1, known);
      }
    }
  }

  private void judge(FamilyTable table, int g, int from, int to, int cases, int known) {
    double expected = table.share(g, from, to) * known;
    if (cases <= expected || cases * (known - expected) < MATTERS * expected * (known - cases))
      return;
    double llr = table.ratio(g, from, to, cases, known) / doubt;
    double score = llr - table.penalty;
    if (score > bestScore + TIE) bestScore = score;
    if (!listening || llr <= 0 || score <= bestOfGroup + TIE) return;
    bestOfGroup = score;
    heard =
        Optional.of(
            new Candidate(
                new ScanSet(table.family, g, from, to),
                cases,
                expected,
                table.crashes(g, from, to),
                known,
                llr,
                score));
  }
}
