package dev.pumphandle.app.population;

/// How many cases share something.
///
/// @param name what they share: a host, a day, a reason
/// @param cases how many
/// @param note what else is to be said of them; empty when nothing
public record Count(String name, long cases, String note) {

  /// A count of which nothing else is to be said.
  public Count(String name, long cases) {
    this(name, cases, "");
  }
}
