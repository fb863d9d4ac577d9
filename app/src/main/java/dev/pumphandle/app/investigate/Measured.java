package dev.pumphandle.app.investigate;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.epi.race.FermiProduct;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A quantity as a person types it: a number, its unit, and how far off it may be: `0.3ns`,
/// `10ms~2`
/// (within a factor of two, with 90 %).
///
/// @param value in the base unit: seconds, per second, days, or a plain number
/// @param factor how far off it may be; 1 when known exactly
public record Measured(double value, double factor) {

  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:[eE]-?[0-9]+)?)\\s*([a-zµ/]*)(?:~([0-9.]+))?");

  /// Units of time.
  public static final Map<String, Double> TIME =
      Map.of(
          "ps", 1e-12, "ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h",
          3600.0, "d", 86_400.0);

  /// Units of rates.
  public static final Map<String, Double> RATE =
      Map.of("/s", 1.0, "/min", 1 / 60.0, "/h", 1 / 3600.0, "/d", 1 / 86_400.0);

  /// Things that are counted.
  public static final Map<String, Double> COUNT = Map.of("", 1.0);

  /// The quantity.
  ///
  /// @param option which option it was given for
  /// @throws CommandException (usage) when it is no number above zero, or has no unit, or another
  /// one
  public static Measured parse(String option, String text, Map<String, Double> units) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || !units.containsKey(form.group(2))) {
      String wanted =
          units.equals(COUNT)
              ? "a number"
              : "a number with a unit ("
                  + String.join(", ", units.keySet().stream().sorted().toList())
                  + ")";
      throw CommandException.usage(
          "race: " + option + ": expected " + wanted + ", found '" + text + "'");
    }
    double factor = form.group(3) == null ? 1 : Double.parseDouble(form.group(3));
    double value = Double.parseDouble(form.group(1)) * units.get(form.group(2));
    if (factor < 1 || !within(value) || !within(factor)) {
      throw CommandException.usage(
          "race: "
              + option
              + ": expected a value above 0 and a factor of at least 1, both finite, found '"
              + text
              + "'");
    }
    return new Measured(value, factor);
  }

  // Products of a few such numbers are still numbers.
  private static boolean within(double value) {
    return value > 1e-40 && value < 1e40;
  }

  /// As a factor of a product.
  FermiProduct.Factor asFactor() {
    return new FermiProduct.Factor(value, factor);
  }
}
