package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.fieldwork.fleet.HostTable;
import dev.pumphandle.linelist.ChangeColumns;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pages name exists: links, paths, classes, commands, flags, columns; and every SQL
/// question in them can be asked.
class DocsAreTrueTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");
  private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern TYPE = Pattern.compile("[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+");
  private static final Pattern FLAG = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]+)");
  private static final Pattern COMMAND =
      Pattern.compile("(?:\\./)?pumphandle((?: --workspace \\S+)*) ([a-z][a-z-]+)(.*)");
  private static final Pattern QUESTION =
      Pattern.compile("pumphandle [^\\n]*?\\bsql (?:\"([^\"]+)\"|'([^']+)')");
  private static final Pattern COLUMN = Pattern.compile("[a-z]+(?:_[a-z0-9]+)+");

  @TempDir Path here;

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      LINK.matcher(text(page))
          .results()
          .map(found -> found.group(1))
          .filter(to -> !Files.exists(page.resolveSibling(to)))
          .forEach(to -> broken.add(name(page) + ": " + to));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPathOfOursThatIsNamedExists() throws IOException {
    Set<String> tops;
    try (Stream<Path> all = Files.list(ROOT)) {
      tops = all.map(p -> p.getFileName().toString()).collect(Collectors.toSet());
    }
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      for (String word : quoted(page)) {
        String path = word.strip().split("[ :]", 2)[0];
        boolean ours = path.contains("/") && tops.contains(path.substring(0, path.indexOf('/')));
        boolean pattern = path.contains("*") || path.contains("<") || path.contains("target/");
        if (ours && !pattern && !Files.exists(ROOT.resolve(path))) {
          missing.add(name(page) + ": " + path);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyTypeThatIsNamedExists() throws IOException {
    Set<String> types;
    try (Stream<Path> all = Files.walk(ROOT)) {
      types =
          all.map(p -> p.getFileName().toString())
              .filter(file -> file.endsWith(".java"))
              .map(file -> file.substring(0, file.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      quoted(page).stream()
          .filter(word -> TYPE.matcher(word).matches())
          .filter(word -> !types.contains(word))
          .filter(word -> !foreign().contains(word))
          .forEach(word -> missing.add(name(page) + ": " + word));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyCommandAndFlagThatIsNamedExists() throws IOException {
    Map<String, String> helps =
        Stream.concat(CommandTree.names().stream(), Stream.of(CommandTree.HIDDEN))
            .collect(Collectors.toMap(name -> name, name -> Ran.in(here, name, "--help").out()));
    List<String> wrong = new ArrayList<>();
    for (Path page : pages()) {
      for (String line : commandLines(page)) {
        COMMAND.matcher(line).results().forEach(found -> judge(found, helps, name(page), wrong));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void judge(
      MatchResult found, Map<String, String> helps, String page, List<String> wrong) {
    String command = found.group(2);
    if (!helps.containsKey(command)) {
      wrong.add(page + ": no command " + command);
      return;
    }
    String rest = found.group(3).split("[#|&]", 2)[0];
    FLAG.matcher(rest)
        .results()
        .map(MatchResult::group)
        .filter(flag -> !helps.getOrDefault(command, "").contains(flag))
        .forEach(flag -> wrong.add(page + ": " + command + " has no " + flag));
  }

  @Test
  void everyQuestionInSqlCanBeAsked() throws IOException {
    Workspace.init(here.resolve("asked"));
    List<String> wrong = new ArrayList<>();
    for (Path page : pages()) {
      QUESTION
          .matcher(text(page))
          .results()
          .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
          .forEach(
              question -> {
                Ran ran = Ran.in(here.resolve("asked"), "sql", question);
                if (ran.code() != 0) {
                  wrong.add(name(page) + ": " + question + ": " + ran.err());
                }
              });
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyColumnThatIsNamedExists() throws IOException {
    Set<String> known = new HashSet<>(foreign());
    LineListSchema.columns().forEach(column -> known.add(column.name()));
    HostColumns.all().forEach(column -> known.add(column.name()));
    known.addAll(HostTable.shortWords().keySet());
    known.addAll(HostTable.shortWords().values());
    ChangeColumns.all().forEach(column -> known.add(column.name()));
    known.addAll(watched());
    Stream.of(OutputFormat.values())
        .forEach(format -> known.add(format.name().toLowerCase(Locale.ROOT)));
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      if (name(page).endsWith("statistics.md")) {
        continue; // its words are groups of vectors, not columns
      }
      quoted(page).stream()
          .filter(word -> COLUMN.matcher(word).matches())
          .filter(word -> !known.contains(word))
          .forEach(word -> missing.add(name(page) + ": " + word));
    }
    assertThat(missing).isEmpty();
  }

  /// The columns that a watch shows, and the metrics that it writes.
  private Set<String> watched() throws IOException {
    SampleRows.workspace(here.resolve("watched"));
    Ran ran =
        Ran.in(
            here.resolve("watched"),
            "watch",
            "--once",
            "--since",
            "2025-06-01",
            "--metrics-file",
            "watch.prom");
    Set<String> words = new HashSet<>(List.of(ran.out().strip().split("\t", -1)));
    Files.readAllLines(here.resolve("watched/watch.prom")).stream()
        .filter(line -> line.startsWith("# TYPE "))
        .forEach(line -> words.add(line.split(" ", -1)[2]));
    return words;
  }

  /// Names in the pages that are not ours: other programs', and keys of the settings.
  private static Set<String> foreign() {
    return Set.of(
        "CamelCase",
        "p_filesz",
        "si_addr",
        "retain_words",
        "key_pattern",
        "debug_dirs",
        "azure_endpoint",
        "s3_endpoint",
        "s3_region",
        "gcs_endpoint",
        "requests_list",
        "requests_get",
        "requests_head",
        "requests_repeated",
        "bytes_fetched",
        "core_pattern",
        "coredump_filter",
        "review_by",
        "setcontext",
        "host_intervals",
        "host_reports",
        "kube_node_info",
        "kube_node_labels",
        "kube_node_created",
        "node_uname_info",
        "kvp_client",
        "user_regs_struct",
        "siginfo_t");
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md")) {
      pages.add(ROOT.resolve(name));
    }
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(p -> p.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  private static List<String> quoted(Path page) throws IOException {
    return QUOTED.matcher(outsideBlocks(page)).results().map(found -> found.group(1)).toList();
  }

  private static String outsideBlocks(Path page) throws IOException {
    return text(page).replaceAll("(?s)```.*?```", "");
  }

  /// Lines of blocks, and quoted words, that begin a command of ours.
  private static List<String> commandLines(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    Pattern.compile("(?s)```(?:sh|console|text)?\\n(.*?)```")
        .matcher(text(page))
        .results()
        .flatMap(block -> block.group(1).lines())
        .map(line -> line.replaceFirst("^\\s*(\\$ )?", ""))
        .filter(line -> line.startsWith("pumphandle ") || line.startsWith("./pumphandle "))
        .forEach(lines::add);
    quoted(page).stream()
        .filter(word -> word.startsWith("pumphandle ") || word.startsWith("./pumphandle "))
        .forEach(lines::add);
    return lines;
  }

  private static String text(Path page) throws IOException {
    return Files.readString(page);
  }

  private static String name(Path page) {
    return ROOT.relativize(page).toString();
  }
}
