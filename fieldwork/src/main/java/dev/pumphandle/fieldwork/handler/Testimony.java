package dev.pumphandle.fieldwork.handler;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A row to which a crash handler's words are added: only what is not known yet, and only what
/// makes sense.
final class Testimony {
  private static final int LONGEST = 4096;

  /// Source: Kubernetes v1.31 pkg/kubelet/cm/cgroup_manager_linux.go, NewCgroupName() and
  /// ToSystemd(): `pod<uid>`, with `_` for `-` under systemd's driver.
  private static final Pattern POD =
      Pattern.compile("pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})");

  /// Source: containerd, CRI-O and Docker name a container's group by its id: `<id>`,
  /// `cri-containerd-<id>.scope`, `crio-<id>.scope`, `docker-<id>.scope`, `libpod-<id>.scope`.
  private static final Pattern CONTAINER =
      Pattern.compile("(?:^|[/-])([0-9a-f]{64})(?:\\.scope|/|$)");

  private static final Pattern UNIT =
      Pattern.compile("/([^/]+\\.(?:service|scope|mount|socket|swap))(?:/|$)");

  private final CaseRow.Builder row;
  private final Map<String, String> extra;

  Testimony(CaseRow.Builder row) {
    this.row = row;
    this.extra = new HashMap<>(row.get(IdentityColumns.EXTRA).orElse(Map.of()));
  }

  void handler(String name) {
    row.put(IdentityColumns.CRASH_HANDLER, name);
  }

  void text(Column<String> column, Optional<String> value) {
    value
        .map(String::strip)
        .filter(text -> !text.isEmpty() && !row.has(column))
        .ifPresent(
            text -> row.put(column, text.length() > LONGEST ? text.substring(0, LONGEST) : text));
  }

  void number(Column<Long> column, Optional<String> value) {
    if (!row.has(column)) {
      value.flatMap(Testimony::whole).ifPresent(number -> row.put(column, number));
    }
  }

  void small(Column<Integer> column, Optional<String> value) {
    if (!row.has(column)) {
      value
          .flatMap(Testimony::whole)
          .filter(number -> number <= Integer.MAX_VALUE)
          .ifPresent(number -> row.put(column, number.intValue()));
    }
  }

  /// What it died of, as the handler knows it; the core's own signal stands where it has one.
  void signal(Optional<String> value) {
    small(SignalColumns.KILLING_SIGNAL_NUMBER, value);
  }

  void path(Optional<String> value) {
    text(ProcessColumns.PROCESS_EXECUTABLE_PATH, value);
    text(
        ProcessColumns.PROCESS_EXECUTABLE_NAME,
        value.map(path -> path.substring(path.lastIndexOf('/') + 1)));
  }

  /// @param unit how many of the value's units a second has
  void diedAt(Optional<String> value, long unit) {
    Optional<Instant> at =
        value
            .flatMap(Testimony::whole)
            .filter(number -> number > 0)
            .map(number -> Instant.EPOCH.plus(number * (1_000_000 / unit), ChronoUnit.MICROS));
    if (at.isPresent()) {
      row.put(IdentityColumns.OBSERVED_AT, at.get());
      row.put(IdentityColumns.OBSERVED_AT_FROM, "report");
    }
  }

  /// The control group, and what its path says of unit, pod and container.
  void cgroup(Optional<String> value) {
    Optional<String> path = value.map(Testimony::cgroupPath).filter(text -> !text.isEmpty());
    text(ProcessColumns.PROCESS_LINUX_CGROUP, path);
    text(ProcessColumns.SYSTEMD_UNIT, path.flatMap(text -> last(UNIT, text)));
    text(
        PlaceColumns.K8S_POD_UID,
        path.flatMap(text -> last(POD, text)).map(uid -> uid.replace('_', '-')));
    text(PlaceColumns.CONTAINER_ID, path.flatMap(text -> last(CONTAINER, text)));
  }

  /// The file `/proc/PID/cgroup` has lines of `id:controllers:path`: the unified hierarchy's, else
  /// the first with a path.
  private static String cgroupPath(String text) {
    if (text.startsWith("/")) {
      return text;
    }
    String found = "";
    for (String line : text.split("\n", -1)) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && (parts[0].equals("0") || found.length() < 2)) {
        found = parts[2];
      }
    }
    return found;
  }

  private static Optional<String> last(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    Optional<String> found = Optional.empty();
    int from = 0;
    while (matcher.find(from)) {
      found = Optional.of(matcher.group(1));
      from = matcher.end(1);
    }
    return found;
  }

  /// Something that is no column of its own.
  void extra(String key, Optional<String> value) {
    value
        .map(String::strip)
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST)
        .ifPresent(text -> extra.putIfAbsent(key, text));
    if (!extra.isEmpty()) {
      row.put(IdentityColumns.EXTRA, Map.copyOf(extra));
    }
  }

  private static Optional<Long> whole(String text) {
    String digits = text.strip();
    return digits.matches("\\d{1,18}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
  }
}
