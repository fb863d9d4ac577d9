package dev.pumphandle.epi.measure;

/// What must be said beside a figure so that it does not mislead.
public sealed interface Caveat {

  /// The caveat in plain words, one sentence without a full stop.
  String text();

  /// The measure has no value for these counts.
  record NotEstimable(String reason) implements Caveat {
    @Override
    public String text() {
      return "cannot be estimated: " + reason;
    }
  }

  /// A zero cell leaves a bound on one side only.
  record OneSided(Side known) implements Caveat {
    /// Which limit is known.
    public enum Side {
      AT_LEAST,
      AT_MOST
    }

    @Override
    public String text() {
      return known == Side.AT_LEAST
          ? "a zero cell: only the lower limit is known"
          : "a zero cell: only the upper limit is known";
    }
  }

  /// Few events stand behind the figure.
  record SmallCounts(long events) implements Caveat {
    @Override
    public String text() {
      return "rests on " + events + (events == 1 ? " event" : " events");
    }
  }

  /// Strata without information: a margin of theirs is zero.
  record UninformativeStrata(int informative, int all) implements Caveat {
    @Override
    public String text() {
      return informative + " of " + all + " strata were informative";
    }
  }

  /// The strata disagree, so that one number for all of them hides something.
  record Heterogeneous(double p) implements Caveat {
    @Override
    public String text() {
      return String.format(
          java.util.Locale.ROOT, "the strata disagree (p = %.2g): read them one by one", p);
    }
  }

  /// The groups are told apart perfectly; the estimate is finite only by a penalty.
  record Separated() implements Caveat {
    @Override
    public String text() {
      return "the groups are told apart without exception: the size is a penalised estimate";
    }
  }

  /// Counts vary more than Poisson counts would.
  record Overdispersed(double factor) implements Caveat {
    @Override
    public String text() {
      return String.format(
          java.util.Locale.ROOT,
          "counts vary %.1f times more than independent events would",
          factor);
    }
  }

  /// Some records could not be used.
  record RecordsUnused(long unused, long all, String reason) implements Caveat {
    @Override
    public String text() {
      return unused + " of " + all + " records were not used: " + reason;
    }
  }
}
