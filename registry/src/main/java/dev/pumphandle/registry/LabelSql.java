package dev.pumphandle.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The SQL that turns facts into a labelled line list.
///
/// Labels are views: nothing that depends on a case definition is stored, so an edited definition
/// relabels every row at the next question, and no core is read again.
final class LabelSql {

  /// Rows that were read, and so can be labelled; the others keep a null label.
  private static final String READ = "read_state IN ('complete', 'truncated')";

  /// How long an episode lasts from its first crash (µs).
  static final long EPISODE_US = 86_400_000_000L;

  /// The label of a row that meets no definition.
  static final String UNLABELLED = "other";

  private LabelSql() {}

  /// The predicate of one tier, in brackets that a trailing comment cannot swallow.
  static String predicate(String sql) {
    return "(" + sql + "\n)";
  }

  /// The surest tier of a definition that a row meets, by its word; null when it meets none.
  static String tierMet(CaseDefinition definition) {
    StringBuilder sql = new StringBuilder("CASE");
    for (Tier tier : Tier.values()) {
      String predicate = definition.predicates().get(tier);
      if (predicate != null) {
        sql.append(" WHEN ").append(predicate(predicate)).append(" THEN ");
        sql.append(Engine.literal(tier.word()));
      }
    }
    return sql.append(" END").toString();
  }

  /// The query that adds `label`, `label_tier`, `label_version`, `labels_met` and `excluded_reason`
  /// to the rows of a relation.
  static String labelled(
      String relation, List<CaseDefinition> cases, List<CaseDefinition> exclusions) {
    List<String> tiers = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      tiers.add(tierMet(cases.get(i)) + " AS met_" + i);
    }
    for (int i = 0; i < exclusions.size(); i++) {
      tiers.add(tierMet(exclusions.get(i)) + " AS out_" + i);
    }
    String inner =
        tiers.isEmpty()
            ? "SELECT * FROM " + relation
            : "SELECT *, " + String.join(",\n", tiers) + " FROM " + relation;
    return "SELECT COLUMNS(lambda c: NOT regexp_matches(c, '^(met|out)_[0-9]+$')),\n"
        + read(choice(cases, "met_", Engine.literal(UNLABELLED), LabelSql::name))
        + " AS label,\n"
        + read(asSureAsTheWitness(first(cases.size())))
        + " AS label_tier,\n"
        + read(choice(cases, "met_", "NULL::INTEGER", d -> Integer.toString(d.version())))
        + " AS label_version,\n"
        + read(met(cases))
        + " AS labels_met,\n"
        + read(choice(exclusions, "out_", "NULL::VARCHAR", LabelSql::name))
        + " AS excluded_reason\nFROM ("
        + inner
        + ")";
  }

  /// The place, from 1, that the first definition which a row meets has in a list of names; null of
  /// a row that was not read.
  ///
  /// Definitions are asked one after the other, each only about the rows that met none before it:
  /// to ask all of every row, as `labels_met` must, takes several times as long.
  ///
  /// @param otherwise what it is for a row that meets none
  static String firstMet(List<CaseDefinition> definitions, List<String> names, String otherwise) {
    StringBuilder sql = new StringBuilder("CASE WHEN NOT coalesce(" + READ + ", false) THEN NULL");
    for (CaseDefinition definition : definitions) {
      for (Tier tier : Tier.values()) {
        String predicate = definition.predicates().get(tier);
        if (predicate != null) {
          sql.append("\nWHEN ").append(predicate(predicate)).append(" THEN ");
          sql.append(names.indexOf(definition.name()) + 1);
        }
      }
    }
    return sql + " ELSE " + otherwise + " END";
  }

  /// The query that adds `episode_id`: the first row of a label on a host opens an episode of 24
  /// hours, and the rows of that label and host within it belong to it. Rows without a time, a host
  /// or a label are episodes of their own.
  ///
  /// Only hosts with more than one row of a label are looked at. Each one's moments are put into
  /// one list and walked along it: a recursive query would pass over all rows once for each episode
  /// of the longest chain, which is days long where a year has ten million crashes.
  static String withEpisodes(String relation) {
    return """
        WITH timed AS (
          SELECT case_id, label, epoch_us(observed_at) AS at_us,
            coalesce(k8s_node_name, host_id, host_name, host_physical_id) AS place
          FROM %1$s
          WHERE label IS NOT NULL AND observed_at IS NOT NULL AND read_state IN ('complete', 'truncated')
        ), repeated AS MATERIALIZED (
          SELECT * FROM timed WHERE place IS NOT NULL
          QUALIFY count(*) OVER (PARTITION BY label, place) > 1
        ), opening AS (
          SELECT label, place, unnest(list_reduce(
            list([at_us] ORDER BY at_us),
            lambda opened, next: CASE WHEN next[1] > opened[-1] + %2$d
              THEN list_concat(opened, next) ELSE opened END)) AS opened
          FROM repeated GROUP BY label, place
        ), belonging AS (
          SELECT r.case_id, first(r.case_id) OVER (
              PARTITION BY r.label, r.place, o.opened ORDER BY r.at_us, r.case_id) AS episode_id
          FROM repeated r ASOF JOIN opening o
            ON r.label = o.label AND r.place = o.place AND r.at_us >= o.opened
        )
        SELECT l.*, coalesce(b.episode_id, l.case_id) AS episode_id
        FROM %1$s l LEFT JOIN belonging b USING (case_id)
        """
        .formatted(relation, EPISODE_US);
  }

  private static String read(String expression) {
    return "CASE WHEN " + READ + " THEN " + expression + " END";
  }

  private static String name(CaseDefinition definition) {
    return Engine.literal(definition.name());
  }

  private interface Part {
    String of(CaseDefinition definition);
  }

  private static String choice(
      List<CaseDefinition> definitions, String prefix, String otherwise, Part part) {
    if (definitions.isEmpty()) {
      return otherwise;
    }
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i < definitions.size(); i++) {
      sql.append(" WHEN ").append(prefix).append(i).append(" IS NOT NULL THEN ");
      sql.append(part.of(definitions.get(i)));
    }
    return sql.append(" ELSE ").append(otherwise).append(" END").toString();
  }

  private static String first(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("met_" + i);
    }
    names.add("NULL::VARCHAR");
    return "coalesce(" + String.join(", ", names) + ")";
  }

  /// A row that rests on a log is at most *probable* with registers, and *suspect* without.
  private static String asSureAsTheWitness(String tier) {
    return "CASE WHEN evidence IS NULL OR "
        + tier
        + " IS NULL THEN "
        + tier
        + " WHEN fault_registers_from IS NULL THEN "
        + Engine.literal(Tier.SUSPECT.word())
        + " WHEN "
        + tier
        + " = "
        + Engine.literal(Tier.CONFIRMED.word())
        + " THEN "
        + Engine.literal(Tier.PROBABLE.word())
        + " ELSE "
        + tier
        + " END";
  }

  private static String met(List<CaseDefinition> cases) {
    List<String> each = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      each.add("CASE WHEN met_" + i + " IS NOT NULL THEN " + name(cases.get(i)) + " END");
    }
    return each.isEmpty()
        ? "[]::VARCHAR[]"
        : "list_filter([" + String.join(", ", each) + "], lambda x: x IS NOT NULL)";
  }

  /// A query of one row: each definition's predicates, as `d<definition>_<tier>`.
  static String verdicts(List<CaseDefinition> definitions, String relation, String where) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < definitions.size(); i++) {
      for (Map.Entry<Tier, String> each : definitions.get(i).predicates().entrySet()) {
        columns.add(predicate(each.getValue()) + " AS d" + i + "_" + each.getKey().word());
      }
    }
    return "SELECT " + String.join(",\n", columns) + "\nFROM " + relation + " WHERE " + where;
  }
}
