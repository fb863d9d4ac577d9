package dev.pumphandle.epi.scan;

/// Something that records have: a region, a kernel, a host.
///
/// @param name its name, for people
/// @param values how many different values there are, coded 0 … values − 1
public record Attribute(String name, int values) {

  /// Refuses an attribute without values.
  public Attribute {
    if (values < 1) throw new IllegalArgumentException(name + " has " + values + " values");
  }
}
