package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a definition's file.
///
/// ```sql
/// -- case definition: return-to-null
/// -- version: 1
/// -- precedence: 30
/// --
/// -- Prose: what it means, why the predicate says so, what it is easily confused with.
/// --
/// -- example confirmed: {"control_arrived": "returned", "target": 0}
/// -- example none: {"control_arrived": "called", "target": 0}
///
/// -- tier confirmed
/// control_arrived = 'returned' AND target < 4096
/// ```
///
/// The predicate of a tier is everything up to the next `-- tier`. A null predicate is unknown, and
/// unknown does not meet.
final class DefinitionFile {

  private static final Pattern HEADER =
      Pattern.compile("-- (case definition|exclusion|version|precedence): *(.*?) *");
  private static final Pattern EXAMPLE =
      Pattern.compile("-- example (confirmed|probable|suspect|none): *(\\{.*}) *");
  private static final Pattern TIER = Pattern.compile("-- tier (confirmed|probable|suspect) *");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final Path file;
  private final DefinitionKind kind;
  private final StringBuilder prose = new StringBuilder();
  private final Map<Tier, StringBuilder> predicates = new EnumMap<>(Tier.class);
  private final List<CaseDefinition.Example> examples = new ArrayList<>();
  private Optional<String> name = Optional.empty();
  private Optional<Integer> version = Optional.empty();
  private Optional<Integer> precedence = Optional.empty();
  private Optional<Tier> tier = Optional.empty();

  private DefinitionFile(Path file, DefinitionKind kind) {
    this.file = file;
    this.kind = kind;
  }

  static CaseDefinition read(Path file, DefinitionKind kind) throws IOException {
    return parse(file, kind, Files.readString(file));
  }

  static CaseDefinition parse(Path file, DefinitionKind kind, String text) throws IOException {
    DefinitionFile reading = new DefinitionFile(file, kind);
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      reading.line(i + 1, lines.get(i));
    }
    return reading.definition();
  }

  private void line(int number, String line) throws RegistryException {
    Matcher header = HEADER.matcher(line);
    Matcher example = EXAMPLE.matcher(line);
    Matcher tierLine = TIER.matcher(line);
    if (header.matches() && tier.isEmpty()) {
      header(number, header.group(1), header.group(2));
    } else if (example.matches()) {
      examples.add(
          new CaseDefinition.Example(Tier.named(example.group(1)), example.group(2), number));
    } else if (line.startsWith("-- example")) {
      throw wrong(number, "expected '-- example confirmed|probable|suspect|none: {…}'", line);
    } else if (tierLine.matches()) {
      tier = Tier.named(tierLine.group(1));
      Tier now = tier.orElseThrow();
      if (predicates.put(now, new StringBuilder()) != null) {
        throw wrong(number, "expected each tier once", line);
      }
    } else if (line.startsWith("-- tier")) {
      throw wrong(number, "expected '-- tier confirmed|probable|suspect'", line);
    } else if (tier.isPresent()) {
      predicates.computeIfAbsent(tier.get(), _ -> new StringBuilder()).append(line).append('\n');
    } else if (line.startsWith("--")) {
      prose.append(line.substring(line.startsWith("-- ") ? 3 : 2)).append('\n');
    } else if (!line.isBlank()) {
      throw wrong(number, "expected SQL only below a '-- tier' line", line);
    }
  }

  private void header(int number, String key, String value) throws RegistryException {
    switch (key) {
      case "version" -> version = Optional.of(number(number, key, value));
      case "precedence" -> precedence = Optional.of(number(number, key, value));
      default -> {
        if (!key.equals(kind.word())) {
          throw wrong(number, "expected '-- " + kind.word() + ": name'", key);
        }
        if (!NAME.matcher(value).matches()) {
          throw wrong(number, "expected a name such as return-to-null", value);
        }
        name = Optional.of(value);
      }
    }
  }

  private int number(int line, String key, String value) throws RegistryException {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw wrong(line, key + ": expected a whole number", value);
    }
  }

  private CaseDefinition definition() throws RegistryException {
    Map<Tier, String> sql = new EnumMap<>(Tier.class);
    for (Map.Entry<Tier, StringBuilder> each : predicates.entrySet()) {
      String predicate = each.getValue().toString().strip();
      if (withoutComments(predicate).isBlank()) {
        throw new RegistryException.BadDefinition(
            file + ": tier " + each.getKey().word() + ": expected a SQL predicate, found none");
      }
      sql.put(each.getKey(), predicate);
    }
    if (sql.isEmpty()) {
      throw new RegistryException.BadDefinition(
          file + ": expected at least one '-- tier …' with a SQL predicate, found none");
    }
    return new CaseDefinition(
        kind,
        name.orElseThrow(() -> missing(kind.word())),
        version.orElseThrow(() -> missing("version")),
        precedence.orElseThrow(() -> missing("precedence")),
        prose.toString().strip(),
        sql,
        examples,
        file.toString());
  }

  private static String withoutComments(String sql) {
    return sql.replaceAll("(?m)--.*$", "");
  }

  private RegistryException missing(String header) {
    return new RegistryException.BadDefinition(
        file + ": expected a line '-- " + header + ": …', found none");
  }

  private RegistryException wrong(int number, String expected, String found) {
    return new RegistryException.BadDefinition(
        file + ": line " + number + ": " + expected + ", found '" + found.strip() + "'");
  }

  /// Orders definitions by precedence and checks that they can be told apart.
  static List<CaseDefinition> ordered(List<CaseDefinition> definitions) throws RegistryException {
    Set<String> names = new HashSet<>();
    Set<Integer> places = new HashSet<>();
    for (CaseDefinition each : definitions) {
      if (!names.add(each.name())) {
        throw new RegistryException.BadDefinition(
            each.file() + ": another file defines " + each.name() + " too");
      }
      if (!places.add(each.precedence())) {
        throw new RegistryException.BadDefinition(
            each.file() + ": another file has precedence " + each.precedence() + " too");
      }
    }
    return definitions.stream()
        .sorted(Comparator.comparingInt(CaseDefinition::precedence))
        .toList();
  }
}
