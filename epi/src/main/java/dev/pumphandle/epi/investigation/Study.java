package dev.pumphandle.epi.investigation;

import java.util.List;

/// What is investigated: the tables, their dictionaries and the calendar.
///
/// All attributes stand in one order: the exposures of the inventory, then the uptime class, then
/// what is
/// known of crashes only. Without an inventory `stays` is empty.
///
/// @param start when the window begins (epoch seconds, a UTC midnight)
/// @param days how long it is (days)
/// @param attributes all attributes, in that order
/// @param stays the inventory
/// @param crashes the episodes
/// @param others other crashes by cell of host-time, all of them even where `crashes` is a sample
/// @param labels the name of each label
/// @param signs the clinical signs, with the names of their values
/// @param calendar what happened to the fleet
public record Study(
    long start,
    int days,
    List<Exposure> attributes,
    Stays stays,
    Crashes crashes,
    List<OtherCrashes> others,
    List<String> labels,
    List<Sign> signs,
    List<Event> calendar) {

  /// Other crashes in one cell.
  ///
  /// @param stay the stretch of the inventory
  /// @param at a moment in the cell (epoch seconds)
  /// @param count how many
  public record OtherCrashes(int stay, long at, int count) {}

  /// A clinical sign: derived neither from place nor from the definition of the cases.
  ///
  /// @param column its name in the line list
  /// @param values the name of each code
  public record Sign(String column, List<String> values) {
    /// Copies the values.
    public Sign {
      values = List.copyOf(values);
    }
  }

  /// Something that happened to the fleet.
  ///
  /// @param at when (epoch seconds)
  /// @param what what, in a few words
  public record Event(long at, String what) {}

  /// Copies the lists.
  public Study {
    attributes = List.copyOf(attributes);
    others = List.copyOf(others);
    labels = List.copyOf(labels);
    signs = List.copyOf(signs);
    calendar = List.copyOf(calendar);
    if (days < 1) throw new IllegalArgumentException("a study of " + days + " days");
  }

  /// The position of the first attribute with a role, −1 when there is none.
  public int position(Exposure.Role role) {
    for (int a = 0; a < attributes.size(); a++) if (attributes.get(a).role() == role) return a;
    return -1;
  }

  /// Whether there is an inventory, so that rates can be told.
  public boolean hasInventory() {
    return stays.size() > 0;
  }

  /// How many attributes have host-time: all but the traits.
  int exposed() {
    int n = 0;
    for (Exposure each : attributes) if (each.role() != Exposure.Role.TRAIT) n++;
    return n;
  }
}
