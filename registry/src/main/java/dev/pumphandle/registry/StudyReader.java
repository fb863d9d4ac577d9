package dev.pumphandle.registry;

import dev.pumphandle.epi.investigation.Crashes;
import dev.pumphandle.epi.investigation.Exposure;
import dev.pumphandle.epi.investigation.Stays;
import dev.pumphandle.epi.investigation.Study;
import dev.pumphandle.epi.investigation.Uptime;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Makes a study of a question: which cases, compared with all other crashes and with the fleet's
/// host-time.
///
/// All joins and group-bys run in DuckDB, once; what comes out are small integers and their names.
public final class StudyReader {

  /// More other crashes than this are sampled, evenly by a hash of their id; the expected counts
  /// still rest on all of them.
  public static final int MOST_OTHERS = 400_000;

  private static final long DAY = 86_400;

  private final LineList list;

  private StudyReader(LineList list) {
    this.list = list;
  }

  /// The study of the cases that meet a condition over the columns of `cases`.
  ///
  /// @throws RegistryException.BadQuery if DuckDB refuses the condition
  public static StudyTables read(LineList list, String caseCondition) throws IOException {
    return read(list, caseCondition, Optional.empty(), Optional.empty());
  }

  /// The same within a span of whole UTC days: cases, other crashes and host-time alike. A span in
  /// the condition instead would make other crashes of the cases before it.
  ///
  /// @param from from this moment's day on
  /// @param to up to the end of this moment's day, or the day before where it is a midnight
  public static StudyTables read(
      LineList list, String caseCondition, Optional<Instant> from, Optional<Instant> to)
      throws IOException {
    ReadOnlySql.checkOne(caseCondition);
    try {
      return new StudyReader(list).read(caseCondition, from, to);
    } catch (SQLException e) {
      throw new RegistryException.BadQuery(DuckMessage.forQuery(e.getMessage()));
    }
  }

  private StudyTables read(String condition, Optional<Instant> from, Optional<Instant> to)
      throws SQLException, IOException {
    run(StudySql.SHARED_NAMES);
    run(StudySql.stays());
    long staysAtHand = number("SELECT count(*) FROM study_stays");
    run(StudySql.doors());
    List<String> known = list.labels();
    List<String> excluded = exclusions();
    run(
        StudySql.labelled(
            staysAtHand > 0, list.caseDefinitions(), list.exclusions(), known, excluded));
    run(StudySql.rows(condition));
    list.note(StudySql.FOLLOWERS);
    Followers.find(list.engine());
    run(StudySql.EPISODES);
    String window =
        staysAtHand > 0
            ? "SELECT min(from_s), max(to_s) FROM study_stays"
            : "SELECT min(at_s), max(at_s) + 1 FROM study_episodes";
    long first = number(window);
    long start =
        Math.floorDiv(from.map(at -> Math.max(first, at.getEpochSecond())).orElse(first), DAY)
            * DAY;
    long last = number("SELECT b FROM (" + window + ") AS w(a, b)");
    long end = to.map(at -> Math.min(last, at.getEpochSecond())).orElse(last);
    int days = (int) Math.max(1, Math.ceilDiv(end - start, DAY));
    String beyond =
        end <= start
            ? " WHERE true" // the span lies before all that is known
            : " WHERE at_s < " + start + " OR at_s >= " + (start + days * DAY);
    long outside = number("SELECT count(*) FROM study_episodes" + beyond);
    if (outside > 0) {
      run("DELETE FROM study_episodes" + beyond);
    }
    long episodes = number("SELECT count(*) FROM study_episodes");
    long caseEpisodes = number("SELECT count(*) FROM study_episodes WHERE is_case");
    List<StudyIntake.Reason> labels =
        reasons(
            "SELECT "
                + StudySql.word(known, "label_number")
                + ", count(*) FROM study_episodes WHERE is_case GROUP BY 1");
    long others = number("SELECT count(*) FROM study_episodes WHERE NOT is_case");
    long every = Math.max(1, Math.ceilDiv(others, MOST_OTHERS));
    StudyIntake intake = intake(labels, excluded, episodes, caseEpisodes, outside, others / every);
    run(StudySql.crashes(every, known)); // also where there is none: counts are asked of it
    if (number("SELECT count(*) FROM study_episodes") == 0) {
      return new StudyTables(intake, Optional.empty());
    }
    return new StudyTables(intake, Optional.of(study(condition, start, days)));
  }

  private List<String> exclusions() {
    return list.exclusions().stream().map(CaseDefinition::name).distinct().toList();
  }

  private StudyIntake intake(
      List<StudyIntake.Reason> labels,
      List<String> excluded,
      long episodes,
      long caseEpisodes,
      long outside,
      long sampled)
      throws SQLException, IOException {
    String usable = "readable AND reason_number IS NULL AND at_us IS NOT NULL";
    List<StudyIntake.Reason> states = reasons("SELECT read_state, count(*) FROM facts GROUP BY 1");
    Predicate<StudyIntake.Reason> read =
        state -> state.reason().equals("complete") || state.reason().equals("truncated");
    return new StudyIntake(
        states.stream().mapToLong(StudyIntake.Reason::count).sum(),
        states.stream().filter(read).mapToLong(StudyIntake.Reason::count).sum(),
        reasons(
            "SELECT "
                + StudySql.word(excluded, "reason_number")
                + ", count(*) FROM study_rows WHERE reason_number IS NOT NULL GROUP BY 1"),
        states.stream().filter(read.negate()).toList(),
        number(
            "SELECT count(*) FROM study_rows WHERE readable AND reason_number IS NULL AND at_us IS NULL"),
        number("SELECT count(*) FROM study_rows WHERE " + usable),
        number("SELECT count(*) FROM study_rows WHERE " + usable + " AND is_case"),
        episodes,
        caseEpisodes,
        outside,
        number("SELECT count(*) FROM study_stays") == 0
            ? List.of()
            : reasons(
                """
                SELECT coalesce(fleet_not_joined::VARCHAR, 'the inventory has a gap there'), count(*)
                FROM study_episodes WHERE stay IS NULL GROUP BY 1
                """),
        number(
            """
            SELECT count(*) FROM (SELECT interval_to > lead(interval_from) OVER (
              PARTITION BY k8s_cluster_name, k8s_node_name ORDER BY interval_from, interval_to) AS cut
              FROM host_intervals_reported WHERE interval_from < interval_to) WHERE cut
            """),
        number("SELECT count(*) FROM host_intervals_reported WHERE interval_from >= interval_to"),
        sampled,
        labels);
  }

  private Study study(String condition, long start, int days) throws SQLException, IOException {
    List<StudySql.Column> exposures = new ArrayList<>();
    List<Exposure> attributes = new ArrayList<>();
    for (StudySql.Column column : StudySql.EXPOSURES) {
      run(StudySql.dictionary(column.name(), true));
      List<String> values = words(column.name());
      if (!values.isEmpty()) {
        exposures.add(column);
        attributes.add(new Exposure(column.name(), column.words(), column.role(), values));
      }
    }
    attributes.add(new Exposure("uptime", "age of the node", Exposure.Role.UPTIME, Uptime.names()));
    List<StudySql.Column> traits = new ArrayList<>();
    for (StudySql.Column column : StudySql.TRAITS) {
      run(StudySql.dictionary(column.name(), false));
      List<String> values = words(column.name());
      if (values.size() > 1) {
        traits.add(column);
        attributes.add(new Exposure(column.name(), column.words(), column.role(), values));
      }
    }
    List<Study.Sign> signs = new ArrayList<>();
    for (String sign : StudySigns.usable(list, condition)) {
      run(StudySql.dictionary(sign, false));
      List<String> values = words(sign);
      if (values.size() > 1) {
        signs.add(new Study.Sign(sign, values));
      }
    }
    run(StudySql.dictionary("label", false));
    List<String> names = exposures.stream().map(StudySql.Column::name).toList();
    return new Study(
        start,
        days,
        attributes,
        stays(names),
        crashes(names, traits.stream().map(StudySql.Column::name).toList(), signs),
        others(),
        words("label"),
        signs,
        calendar());
  }

  private Stays stays(List<String> names) throws SQLException, IOException {
    int n = (int) number("SELECT count(*) FROM study_stays");
    int width = names.size();
    int[] codes = new int[Math.multiplyExact(n, width)];
    long[] from = new long[n];
    long[] to = new long[n];
    long[] born = new long[n];
    double[] load = new double[n];
    boolean counted = false;
    String ask =
        StudySql.coded(
            "study_stays",
            "stay, from_s, to_s, born_s, " + StudySql.LOAD,
            names,
            " ORDER BY t.stay");
    try (Statement statement = list.engine().createStatement();
        ResultSet rows = statement.executeQuery(ask)) {
      while (rows.next()) {
        int stay = rows.getInt(1);
        from[stay] = rows.getLong(2);
        to[stay] = rows.getLong(3);
        born[stay] = rows.getLong(4);
        if (rows.wasNull()) {
          born[stay] = Long.MIN_VALUE;
        }
        load[stay] = rows.getDouble(5);
        if (rows.wasNull()) {
          load[stay] = Double.NaN;
        } else {
          counted = true;
        }
        for (int a = 0; a < width; a++) {
          codes[stay * width + a] = rows.getInt(6 + a);
        }
      }
    }
    Stays stays = new Stays(width, codes, from, to, born);
    return counted ? stays.under(StudySql.LOAD, load) : stays;
  }

  private Crashes crashes(List<String> names, List<String> traits, List<Study.Sign> signs)
      throws SQLException, IOException {
    int n = (int) number("SELECT count(*) FROM study_crashes");
    int width = names.size() + 1 + traits.size();
    int[] codes = new int[Math.multiplyExact(n, width)];
    long[] at = new long[n];
    int[] stay = new int[n];
    boolean[] isCase = new boolean[n];
    int[] label = new int[n];
    int[][] signCodes = new int[n][signs.size()];
    List<String> columns = new ArrayList<>(names);
    columns.addAll(traits);
    signs.forEach(sign -> columns.add(sign.column()));
    columns.add("label");
    String ask =
        StudySql.coded(
            "study_crashes",
            "is_case, at_s, coalesce(stay, -1), coalesce(age_s, -1)",
            columns,
            " ORDER BY at_s, case_id");
    try (Statement statement = list.engine().createStatement();
        ResultSet rows = statement.executeQuery(ask)) {
      for (int i = 0; rows.next(); i++) {
        isCase[i] = rows.getBoolean(1);
        at[i] = rows.getLong(2);
        stay[i] = rows.getInt(3);
        long age = rows.getLong(4);
        int column = 5;
        int base = i * width;
        for (int a = 0; a < names.size(); a++) {
          codes[base + a] = rows.getInt(column++);
        }
        codes[base + names.size()] = age < 0 ? -1 : Uptime.of(age);
        for (int a = 0; a < traits.size(); a++) {
          codes[base + names.size() + 1 + a] = rows.getInt(column++);
        }
        for (int s = 0; s < signs.size(); s++) {
          signCodes[i][s] = rows.getInt(column++);
        }
        label[i] = rows.getInt(column);
      }
    }
    return new Crashes(width, codes, at, stay, isCase, label, signCodes);
  }

  private List<Study.OtherCrashes> others() throws SQLException {
    List<Study.OtherCrashes> others = new ArrayList<>();
    try (Statement statement = list.engine().createStatement();
        ResultSet rows = statement.executeQuery(StudySql.OTHERS)) {
      while (rows.next()) {
        others.add(new Study.OtherCrashes(rows.getInt(1), rows.getLong(2), rows.getInt(3)));
      }
    }
    return others;
  }

  // A roll-out that goes from cluster to cluster is one event, at its first cluster. What happens
  // to single nodes happens every day somewhere: as an event it would explain any onset.
  private List<Study.Event> calendar() throws SQLException {
    List<Study.Event> events = new ArrayList<>();
    try (Statement statement = list.engine().createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT epoch(min(changed_at))::BIGINT, kind || ' ' || what FROM changes
                WHERE changed_at IS NOT NULL AND k8s_node_name IS NULL
                GROUP BY kind, what ORDER BY 1
                """)) {
      while (rows.next()) {
        events.add(new Study.Event(rows.getLong(1), rows.getString(2)));
      }
    }
    return events;
  }

  private List<String> words(String column) throws SQLException {
    List<String> words = new ArrayList<>();
    try (Statement statement = list.engine().createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT v FROM dictionary_" + column + " ORDER BY code")) {
      while (rows.next()) {
        words.add(rows.getString(1));
      }
    }
    return words;
  }

  private List<StudyIntake.Reason> reasons(String ask) throws SQLException, IOException {
    list.note(ask + " ORDER BY 2 DESC, 1");
    return list.withFiles(
        () -> {
          List<StudyIntake.Reason> reasons = new ArrayList<>();
          try (Statement statement = list.engine().createStatement();
              ResultSet rows = statement.executeQuery(ask + " ORDER BY 2 DESC, 1")) {
            while (rows.next()) {
              reasons.add(new StudyIntake.Reason(rows.getString(1), rows.getLong(2)));
            }
          }
          return reasons;
        });
  }

  private long number(String ask) throws SQLException, IOException {
    list.note(ask);
    return list.withFiles(
        () -> {
          try (Statement statement = list.engine().createStatement();
              ResultSet rows = statement.executeQuery(ask)) {
            return rows.next() ? rows.getLong(1) : 0L;
          }
        });
  }

  private void run(String statement) throws SQLException, IOException {
    list.note(statement);
    list.execute(statement);
  }
}
