package dev.pumphandle.lab.crash;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The story in which Pumphandle proves its use: two diseases in one fleet.
///
/// Crashes on a misaligned stack happen on one host only, and only since a given day: a bad
/// machine.
/// The race in the unwinder strikes everywhere on every day: a bad library. All other illnesses are
/// the fleet's background. A release goes out in the middle and changes nothing.
///
/// @param lastDay the day on which the story ends, UTC
/// @param days how many days it lasts
/// @param badSince on which day of the story, from 0, the bad host turns bad
public record OneBadHost(LocalDate lastDay, int days, int badSince) implements Scenario {

  /// The host that turns bad.
  public static final String BAD_HOST = "ingest-0004";

  private record Host(String name, String region, String zone, String type) {}

  private static final List<Host> FLEET =
      List.of(
          new Host("ingest-0001", "eastus2", "1", "L16s_v3"),
          new Host("ingest-0002", "eastus2", "2", "L16s_v3"),
          new Host("ingest-0003", "eastus2", "3", "L8s_v3"),
          new Host(BAD_HOST, "westeurope", "1", "L16s_v3"),
          new Host("ingest-0005", "westeurope", "2", "L8s_v3"),
          new Host("ingest-0006", "westeurope", "3", "L16s_v3"));

  public OneBadHost {
    if (days < 2 || badSince < 0 || badSince >= days)
      throw new IllegalArgumentException(
          "expected 0 <= badSince < days, found " + badSince + ", " + days);
  }

  /// Fourteen days that end on the given one; the host turns bad on the ninth.
  public static OneBadHost endingOn(LocalDate day) {
    return new OneBadHost(day, 14, 8);
  }

  @Override
  public List<Admission> stage(List<Patient> patients) {
    List<Admission> all = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Patient patient : patients) {
      String disease = disease(patient);
      int nth = seen.merge(disease, 1, Integer::sum) - 1;
      // steps that share no factor with the fleet or the days, so that the background is even
      Host host = FLEET.get((nth * 5 + disease.length()) % FLEET.size());
      int day = (nth * 3 + disease.length()) % days;
      if (disease.equals("shift")) {
        host = FLEET.stream().filter(h -> h.name().equals(BAD_HOST)).findFirst().orElse(host);
        day = badSince + nth % (days - badSince);
      }
      all.add(new Admission(patient, Optional.of(staging(host, day, all.size()))));
    }
    return List.copyOf(all);
  }

  private static String disease(Patient patient) {
    if (patient.illness().startsWith("shift-")) return "shift";
    return patient.races() ? "race" : "background";
  }

  private Staging staging(Host host, int day, int nth) {
    LocalDate date = lastDay.minusDays(days - 1L - day);
    Instant at =
        date.atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .plus(Duration.ofSeconds((nth * 7919L + 3600) % Duration.ofDays(1).toSeconds()));
    TreeMap<String, String> facts = new TreeMap<>();
    facts.put("k8s_cluster_name", host.region() + "-prod");
    facts.put("cloud_region", host.region());
    facts.put("cloud_availability_zone", host.zone());
    facts.put("host_type", host.type());
    facts.put("service_version", day < days / 2 ? "2025.30" : "2025.31");
    return new Staging(host.name(), at, facts);
  }
}
