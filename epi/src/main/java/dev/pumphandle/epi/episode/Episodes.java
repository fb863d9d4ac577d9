package dev.pumphandle.epi.episode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Records into episodes: first exact duplicates go, then of each label and host only the first
/// crash
/// in a day counts.
///
/// A host in a crash loop sends dozens of records of one event, and an uploader that retries sends
/// the same record twice. Counted as they come, every method alarms on fleets in which nothing is
/// going on.
///
/// @param duplicateWithinSeconds two records of one host this close (seconds), with the same
/// process
///     id or signature, are the same crash
/// @param episodeSeconds how long an episode lasts from its first crash (seconds)
public record Episodes(long duplicateWithinSeconds, long episodeSeconds) {

  /// Sixty seconds and a day.
  public static final Episodes USUAL = new Episodes(60, 86_400);

  /// Stands for a process id or signature that is not known; it equals nothing.
  public static final int UNKNOWN = -1;

  /// One record.
  ///
  /// @param timeSeconds when (seconds since any epoch)
  /// @param host which node
  /// @param label which disease
  /// @param pid the process id, or [#UNKNOWN]
  /// @param signature the stack signature, or [#UNKNOWN]
  public record Crash(long timeSeconds, int host, int label, int pid, int signature) {}

  /// What a record is.
  public enum Role {
    /// The first crash of an episode: what is counted.
    FIRST,
    /// A later crash of the same episode.
    REPEAT,
    /// The same crash again.
    DUPLICATE
  }

  /// What became of one record.
  ///
  /// @param role what it is
  /// @param episode the episode it belongs to, from 0, in order of time
  public record Place(Role role, int episode) {}

  /// The place of each record, in the order given, whatever order that is.
  public List<Place> assign(List<Crash> crashes) {
    int[] order =
        IntStream.range(0, crashes.size())
            .boxed()
            .sorted((a, b) -> Long.compare(crashes.get(a).timeSeconds, crashes.get(b).timeSeconds))
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Integer, List<Integer>> recent = new HashMap<>();
    Map<Long, Integer> firstOf = new HashMap<>();
    Place[] places = new Place[crashes.size()];
    int episodes = 0;
    for (int i : order) {
      Crash crash = crashes.get(i);
      List<Integer> near = recent.computeIfAbsent(crash.host, h -> new ArrayList<>());
      near.removeIf(j -> crash.timeSeconds - crashes.get(j).timeSeconds > duplicateWithinSeconds);
      int original = sameCrash(crash, near, crashes);
      near.add(i);
      if (original >= 0) {
        places[i] = new Place(Role.DUPLICATE, places[original].episode);
        continue;
      }
      long key = ((long) crash.label << 32) ^ (crash.host & 0xffffffffL);
      Integer first = firstOf.get(key);
      boolean goesOn =
          first != null && crash.timeSeconds - crashes.get(first).timeSeconds < episodeSeconds;
      if (first != null && goesOn) {
        places[i] = new Place(Role.REPEAT, places[first].episode);
      } else {
        firstOf.put(key, i);
        places[i] = new Place(Role.FIRST, episodes++);
      }
    }
    return List.of(places);
  }

  private static int sameCrash(Crash crash, List<Integer> near, List<Crash> crashes) {
    for (int j : near) {
      Crash other = crashes.get(j);
      boolean samePid = crash.pid != UNKNOWN && crash.pid == other.pid;
      boolean sameSignature = crash.signature != UNKNOWN && crash.signature == other.signature;
      if (samePid || sameSignature) return j;
    }
    return -1;
  }
}
