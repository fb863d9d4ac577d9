package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.text;

import java.util.List;

/// How a row was joined to the fleet's inventory: computed from the time of death, never stored.
public final class PlacementColumns {

  /// By what the row was joined.
  public static final Column<String> FLEET_JOINED_BY =
      text(
              "fleet_joined_by",
              "By what the row was joined to its stretch of `host_intervals` at its time:"
                  + " `boot id`, `node name`, `host name` or `host id`; what it did not know of its"
                  + " place is filled in from there.",
              "registry")
          .derived();

  /// Why it was not.
  public static final Column<String> FLEET_NOT_JOINED =
      text(
              "fleet_not_joined",
              "Why the row was joined to no stretch of `host_intervals`; null when it was.",
              "registry")
          .derived();

  private PlacementColumns() {}

  static List<Column<?>> all() {
    return List.of(FLEET_JOINED_BY, FLEET_NOT_JOINED);
  }
}
