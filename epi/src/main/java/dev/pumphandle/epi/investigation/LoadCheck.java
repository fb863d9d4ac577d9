package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.Estimate;
import dev.pumphandle.epi.race.CellAgreement;
import dev.pumphandle.epi.race.DoseResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Whether crashes follow a load that the inventory counts, as a race does, or come at a rate of
/// their own.
///
/// Stretches of the inventory are put into classes of equal host-time by their load, and the
/// crashes of each class are compared with its load. A race between two things rises in proportion
/// to each of them: a slope of 1. Then each region's crashes are compared with what its load, taken
/// in proportion, expects: a region with more has something else.
///
/// A load that rises with the calendar is mixed up with all else that came with the calendar; so
/// host-time before the onset is best left out.
///
/// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., ch. 6 (log-linear rates)
/// and §6.2.3 (dispersion).
///
/// @param load the column of the inventory
/// @param cases cases in stretches whose load is known
/// @param unknown cases in none, or in stretches whose load is not known
/// @param least the mean load of the lowest class
/// @param most the mean load of the highest class
/// @param slope the slope of the logarithm of the rate on the logarithm of the load
/// @param places observed over expected of each region, largest host-time first
/// @param p the chance that regions differ this much when all follow the load
public record LoadCheck(
    String load,
    int cases,
    int unknown,
    double least,
    double most,
    DoseResponse.Slope slope,
    List<Place> places,
    double p) {

  /// A region.
  ///
  /// @param name its name
  /// @param cases cases in it
  /// @param expected what its load expects
  /// @param ratio cases over expected
  public record Place(String name, int cases, double expected, Estimate ratio) {}

  private static final int CLASSES = 12;
  private static final int MARKS = 4096;
  private static final int FEWEST = 10;

  /// The least ratio between the highest and the lowest class for which a slope means anything.
  private static final double CONTRAST = 1.2;

  /// Copies the places.
  public LoadCheck {
    places = List.copyOf(places);
  }

  /// The check of all cases of a study, from the first of them on: it stands for the onset, and is
  /// itself left out.
  public static Optional<LoadCheck> of(Study study, InvestigationOptions options) {
    int[] cases = study.crashes().cases();
    long first = Arrays.stream(cases).mapToLong(study.crashes()::at).min().orElse(study.start());
    return of(study, Arrays.stream(cases).boxed().toList(), first + 1, options);
  }

  /// The check of some cases; empty when no load is counted, too few cases are in stretches with a
  /// known one, or the load hardly differs.
  ///
  /// @param members the cases, by index of crash
  /// @param since host-time and cases before are left out (epoch seconds)
  static Optional<LoadCheck> of(
      Study study, List<Integer> members, long since, InvestigationOptions options) {
    Stays stays = study.stays();
    if (stays.load().isEmpty()) return Optional.empty();
    long end = study.start() + study.days() * Uptime.DAY;
    int[] casesOf = new int[stays.size()];
    int unknown = 0;
    int known = 0;
    for (int i : members) {
      int stay = study.crashes().stay(i);
      if (study.crashes().at(i) < since) continue;
      if (stay < 0 || !(stays.load(stay) > 0)) unknown++;
      else {
        casesOf[stay]++;
        known++;
      }
    }
    List<Stretch> stretches = new ArrayList<>();
    for (int s = 0; s < stays.size(); s++) {
      double hours = (Math.min(stays.to(s), end) - Math.max(stays.from(s), since)) / 3600.0;
      if (hours > 0 && stays.load(s) > 0)
        stretches.add(new Stretch(s, hours, stays.load(s), casesOf[s]));
    }
    if (known < FEWEST || stretches.isEmpty()) return Optional.empty();
    List<Cell> cells = classes(stretches);
    double least = cells.getFirst().load();
    double most = cells.getLast().load();
    if (cells.size() < 3 || most < CONTRAST * least) return Optional.empty();
    DoseResponse.Slope slope =
        DoseResponse.widened(
                cells.stream().mapToDouble(Cell::cases).toArray(),
                cells.stream().mapToDouble(Cell::hours).toArray(),
                cells.stream().map(c -> new double[] {c.load()}).toArray(double[][]::new),
                options.level())
            .slopes()
            .getFirst();
    List<Region> regions = regions(study, stretches);
    Optional<CellAgreement> agreement =
        regions.size() < 2
            ? Optional.empty()
            : Optional.of(
                CellAgreement.of(
                    regions.stream().mapToLong(Region::cases).toArray(),
                    regions.stream().mapToDouble(Region::expected).toArray(),
                    options.level(),
                    options.replicates(),
                    options.seed()));
    List<Place> places = new ArrayList<>();
    for (int i = 0; agreement.isPresent() && i < regions.size(); i++)
      places.add(regions.get(i).with(agreement.get().ratios().get(i)));
    return Optional.of(
        new LoadCheck(
            stays.load().orElseThrow(),
            known,
            unknown,
            least,
            most,
            slope,
            places,
            agreement.map(CellAgreement::p).orElse(Double.NaN)));
  }

  /// A region before it is compared.
  private record Region(String name, int cases, double expected) {
    Place with(Estimate ratio) {
      return new Place(name, cases, expected, ratio);
    }
  }

  /// A stretch of the inventory with a known load.
  private record Stretch(int stay, double hours, double load, int cases) {}

  /// Stretches of like load.
  private record Cell(double hours, double load, double cases) {}

  // The load of a class is its mean over host-time, which is what its expected count goes by.
  // Stretches are first put on a fine scale, so that a million of them need no sorting.
  private static List<Cell> classes(List<Stretch> stretches) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    double all = 0;
    for (Stretch each : stretches) {
      lowest = Math.min(lowest, each.load());
      highest = Math.max(highest, each.load());
      all += each.hours();
    }
    double range = Math.log(highest / lowest);
    double[] hours = new double[MARKS];
    double[] loadHours = new double[MARKS];
    double[] cases = new double[MARKS];
    for (Stretch each : stretches) {
      int mark = range == 0 ? 0 : (int) ((MARKS - 1) * Math.log(each.load() / lowest) / range);
      hours[mark] += each.hours();
      loadHours[mark] += each.hours() * each.load();
      cases[mark] += each.cases();
    }
    List<Cell> cells = new ArrayList<>();
    Sum open = new Sum();
    double passed = 0;
    for (int mark = 0; mark < MARKS; mark++) {
      open.hours += hours[mark];
      open.loadHours += loadHours[mark];
      open.cases += cases[mark];
      passed += hours[mark];
      if (open.hours > 0 && (passed >= all * (cells.size() + 1) / CLASSES || mark + 1 == MARKS)) {
        cells.add(new Cell(open.hours, open.loadHours / open.hours, open.cases));
        open = new Sum();
      }
    }
    return cells;
  }

  private static final class Sum {
    double hours;
    double loadHours;
    double cases;
  }

  // Expected counts are in proportion to host-time times load, and sum to the cases.
  private static List<Region> regions(Study study, List<Stretch> stretches) {
    int region = study.position(Exposure.Role.REGION);
    if (region < 0) return List.of();
    List<String> names = study.attributes().get(region).values();
    double[] dose = new double[names.size()];
    double[] hours = new double[names.size()];
    int[] cases = new int[names.size()];
    for (Stretch each : stretches) {
      int code = study.stays().code(each.stay(), region);
      if (code < 0) continue;
      dose[code] += each.hours() * each.load();
      hours[code] += each.hours();
      cases[code] += each.cases();
    }
    double all = Arrays.stream(dose).sum();
    int total = Arrays.stream(cases).sum();
    return IntStream.range(0, dose.length)
        .filter(r -> dose[r] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(r -> -hours[r]))
        .map(r -> new Region(names.get(r), cases[r], total * dose[r] / all))
        .toList();
  }
}
