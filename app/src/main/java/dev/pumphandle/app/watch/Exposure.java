package dev.pumphandle.app.watch;

import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.LineList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What cases could happen in: host-hours where the inventory covers the whole of the time that is
/// looked at, else plain time. Nothing is extrapolated: an inventory that ends before the present
/// does not say how many hosts there are now.
final class Exposure {

  private static final String EVERYWHERE = "";

  private final Map<String, Course> courses;
  private final boolean hosts;

  private Exposure(Map<String, Course> courses, boolean hosts) {
    this.courses = courses;
    this.hosts = hosts;
  }

  /// Host-seconds since the first report, at each moment at which the number of hosts changes.
  private record Course(List<Long> moments, List<Double> sums, List<Long> counts) {

    static Course empty() {
      return new Course(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void change(long at, long difference) {
      int last = moments.size() - 1;
      double sum =
          last < 0 ? 0 : sums.get(last) + counts.get(last) * (double) (at - moments.get(last));
      moments.add(at);
      sums.add(sum);
      counts.add((last < 0 ? 0 : counts.get(last)) + difference);
    }

    double upTo(long at) {
      int place = java.util.Collections.binarySearch(moments, at);
      int before = place >= 0 ? place : -place - 2;
      return before < 0
          ? 0
          : sums.get(before) + counts.get(before) * (double) (at - moments.get(before));
    }
  }

  /// Reads the inventory.
  ///
  /// @param from the beginning of all that is looked at
  /// @param to its end: the present
  static Exposure read(LineList list, Instant from, Instant to) throws IOException {
    Map<String, Course> courses = new HashMap<>();
    courses.put(EVERYWHERE, Course.empty());
    try (Answer answer =
        list.ask(
            """
            SELECT region, at_s, sum(change)::BIGINT FROM (
              SELECT coalesce(cloud_region, '') AS region, epoch(interval_from)::BIGINT AS at_s, 1 AS change
              FROM host_intervals
              UNION ALL
              SELECT coalesce(cloud_region, ''), epoch(interval_to)::BIGINT, -1 FROM host_intervals)
            WHERE at_s IS NOT NULL GROUP BY ALL ORDER BY at_s
            """)) {
      while (answer.next()) {
        String region = answer.value(0).orElse("").toString();
        long at = number(answer, 1);
        long change = number(answer, 2);
        courses.get(EVERYWHERE).change(at, change);
        if (!region.isEmpty()) {
          courses.computeIfAbsent(region, r -> Course.empty()).change(at, change);
        }
      }
    }
    return new Exposure(courses, covers(courses.get(EVERYWHERE), from, to));
  }

  private static long number(Answer answer, int column) throws IOException {
    return ((Number) answer.value(column).orElse(0L)).longValue();
  }

  /// Whether some host is known at every moment of the time.
  private static boolean covers(Course all, Instant from, Instant to) {
    int size = all.moments.size();
    if (size == 0
        || all.moments.getFirst() > from.getEpochSecond()
        || all.moments.getLast() < to.getEpochSecond()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      boolean within = i + 1 == size || all.moments.get(i + 1) > from.getEpochSecond();
      if (within && all.moments.get(i) < to.getEpochSecond() && all.counts.get(i) == 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether it is counted in host-hours; in days else.
  boolean inHostHours() {
    return hosts;
  }

  /// What there was of it (host-hours, or days).
  double between(StreamName stream, Instant from, Instant to) {
    long a = from.getEpochSecond();
    long b = to.getEpochSecond();
    if (!hosts) {
      return (b - a) / 86_400.0;
    }
    Course course = courses.get(stream.region());
    return course == null ? 0 : Math.max(0, course.upTo(b) - course.upTo(a)) / 3600;
  }
}
