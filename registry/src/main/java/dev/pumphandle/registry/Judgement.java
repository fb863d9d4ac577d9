package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.LogColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What every definition says of one row, and why.
public final class Judgement {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]*");

  private Judgement() {}

  /// Asks every case definition, then every exclusion, in order of precedence.
  ///
  /// @param list the line list
  /// @param caseId the row's whole id
  public static List<Verdict> of(LineList list, String caseId) throws IOException {
    List<CaseDefinition> definitions = new ArrayList<>(list.caseDefinitions());
    definitions.addAll(list.exclusions());
    if (definitions.isEmpty()) {
      return List.of();
    }
    return of(list, definitions, "placed", "case_id = " + Engine.literal(caseId));
  }

  static List<Verdict> of(
      LineList list, List<CaseDefinition> definitions, String relation, String where)
      throws IOException {
    Map<String, Boolean> truth = new HashMap<>();
    try (Answer answer = list.ask(LabelSql.verdicts(definitions, relation, where))) {
      if (!answer.next()) {
        throw new RegistryException.NoSuchCase("no such row: " + where);
      }
      for (int i = 0; i < answer.columns().size(); i++) {
        Optional<Object> value = answer.value(i);
        if (value.isPresent()) {
          truth.put(answer.columns().get(i).name(), Boolean.TRUE.equals(value.get()));
        }
      }
    }
    Set<String> nulls = nulls(list, relation, where);
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < definitions.size(); i++) {
      verdicts.add(verdict(definitions.get(i), "d" + i + "_", truth, nulls));
    }
    return verdicts;
  }

  private static Verdict verdict(
      CaseDefinition definition, String prefix, Map<String, Boolean> truth, Set<String> nulls) {
    Set<String> missing = new LinkedHashSet<>();
    boolean unknown = false;
    for (Tier tier : Tier.values()) {
      String predicate = definition.predicates().get(tier);
      if (predicate == null) {
        continue;
      }
      Boolean verdict = truth.get(prefix + tier.word());
      if (Boolean.TRUE.equals(verdict)) {
        return new Verdict(
            definition, Optional.of(asSureAsTheWitness(tier, nulls)), false, List.of());
      }
      if (verdict == null) {
        unknown = true;
        missing.addAll(namedIn(predicate, nulls));
      }
    }
    return new Verdict(definition, Optional.empty(), unknown, List.copyOf(missing));
  }

  /// As [LabelSql] has it: what rests on a log is at most probable.
  private static Tier asSureAsTheWitness(Tier tier, Set<String> nulls) {
    if (nulls.contains(LogColumns.EVIDENCE.name())) {
      return tier;
    }
    if (nulls.contains(FaultColumns.FAULT_REGISTERS_FROM.name())) {
      return Tier.SUSPECT;
    }
    return tier == Tier.CONFIRMED ? Tier.PROBABLE : tier;
  }

  private static List<String> namedIn(String predicate, Set<String> nulls) {
    List<String> named = new ArrayList<>();
    Matcher words = IDENTIFIER.matcher(predicate.replaceAll("(?m)--.*$|'[^']*'", " "));
    while (words.find()) {
      if (nulls.contains(words.group()) && !named.contains(words.group())) {
        named.add(words.group());
      }
    }
    return named;
  }

  private static Set<String> nulls(LineList list, String relation, String where)
      throws IOException {
    Set<String> nulls = new LinkedHashSet<>();
    try (Answer answer = list.ask("SELECT * FROM " + relation + " WHERE " + where)) {
      answer.next();
      for (int i = 0; i < answer.columns().size(); i++) {
        String name = answer.columns().get(i).name();
        Optional<Column<?>> column = LineListSchema.column(name);
        if (column.isPresent() && answer.value(i).isEmpty()) {
          nulls.add(name);
        }
      }
    }
    return nulls;
  }
}
