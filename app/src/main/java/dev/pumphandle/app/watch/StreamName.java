package dev.pumphandle.app.watch;

/// What is watched as one: the cases of a label, in all regions or in one.
///
/// @param label the label
/// @param region the region; empty for all of them together
public record StreamName(String label, String region) implements Comparable<StreamName> {

  /// All regions.
  static StreamName everywhere(String label) {
    return new StreamName(label, "");
  }

  /// Whether cases of this label in this region belong to it.
  boolean has(String label, String region) {
    return this.label.equals(label) && (this.region.isEmpty() || this.region.equals(region));
  }

  /// As people read it.
  String words() {
    return region.isEmpty() ? label : label + " in " + region;
  }

  @Override
  public int compareTo(StreamName other) {
    int byLabel = label.compareTo(other.label);
    return byLabel != 0 ? byLabel : region.compareTo(other.region);
  }
}
