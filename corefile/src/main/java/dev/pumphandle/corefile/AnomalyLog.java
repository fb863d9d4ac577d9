package dev.pumphandle.corefile;

import java.util.ArrayList;
import java.util.List;

/// The anomalies met while one core is opened: the first of them whole, the rest counted, so that a
/// file made of nothing but anomalies costs no memory. For one thread.
public final class AnomalyLog {

  /// How many are kept whole.
  private static final int MAX = 64;

  private final List<Anomaly> kept = new ArrayList<>(0);
  private long more;

  /// An empty log.
  public AnomalyLog() {}

  /// Writes one down, or counts it where there are too many.
  public void add(Anomaly.Kind kind, Where where, String detail) {
    if (kept.size() < MAX) {
      kept.add(new Anomaly(where, kind, detail));
    } else {
      more++;
    }
  }

  /// Whether another one would be kept; where not, the caller may spare itself the text and call
  /// [#count].
  public boolean hasRoom() {
    return kept.size() < MAX;
  }

  /// Counts one without keeping it.
  public void count() {
    more++;
  }

  /// The anomalies so far; the last says how many were only counted, where any were.
  public List<Anomaly> all(String source) {
    if (more == 0) {
      return List.copyOf(kept);
    }
    List<Anomaly> all = new ArrayList<>(kept);
    all.add(
        new Anomaly(
            new Where(source, "core", 0),
            Anomaly.Kind.AND_MORE,
            "and " + more + " anomalies more"));
    return List.copyOf(all);
  }
}
