package dev.pumphandle.registry;

import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// The line list, open for questions.
///
/// The views in it: `facts` (one row per object, stored columns), `deaths` (rows that tell of the
/// same death put together), `placed` (with what the fleet's inventory knows of the node at the
/// time), `labelled` (with labels), `cases` (labelled, with episodes); and of the fleet
/// `host_intervals` and `changes`. Files that cannot be used are left out and named by [#problems]:
/// the caller must say so. Not safe for several threads.
public final class LineList implements AutoCloseable {

  /// An archive that could not be fetched has a row of its own. Once it was read to its end, its
  /// members' rows stand for it.
  private static final String WITHOUT_OVERCOME =
      "SELECT * FROM latest WHERE object_version IS NOT NULL OR object_uri IS NULL"
          + " OR object_uri NOT IN (SELECT archive_uri FROM latest"
          + " WHERE archive_members IS NOT NULL AND archive_uri IS NOT NULL)";

  private final DataFiles files;
  private final DuckDBConnection engine;
  private final List<String> asked = new ArrayList<>();
  private boolean remaking;
  private final List<CaseDefinition> cases;
  private final List<CaseDefinition> exclusions;
  private final List<FileProblem> problems;
  private final boolean inventory;
  private final List<Path> directories;

  private LineList(
      DataFiles files,
      DuckDBConnection engine,
      List<CaseDefinition> cases,
      List<CaseDefinition> exclusions,
      List<FileProblem> problems,
      boolean inventory,
      List<Path> directories) {
    this.files = files;
    this.directories = directories;
    this.inventory = inventory;
    this.engine = engine;
    this.cases = cases;
    this.exclusions = exclusions;
    this.problems = problems;
  }

  /// Opens the line list of a workspace.
  ///
  /// @throws RegistryException.BadDefinition if a case definition or exclusion cannot be used
  public static LineList open(Workspace workspace) throws IOException {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    DuckDBConnection engine = Engine.open("2GB", threads);
    try {
      DataFiles files = new DataFiles(workspace.casesDirectory());
      List<FileProblem> problems = new ArrayList<>(files.inventory(engine).problems());
      boolean inventory = FleetViews.create(engine, workspace, problems);
      LineList list =
          new LineList(
              files,
              engine,
              workspace.caseDefinitions(),
              workspace.exclusions(),
              List.copyOf(problems),
              inventory,
              List.of(
                  workspace.casesDirectory(),
                  workspace.hostIntervalsDirectory(),
                  workspace.changesDirectory()));
      list.createViews();
      list.lock(list.directories);
      return list;
    } catch (SQLException e) {
      throw closing(engine, new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e));
    } catch (IOException e) {
      throw closing(engine, e);
    }
  }

  private static IOException closing(DuckDBConnection engine, IOException problem) {
    try {
      engine.close();
    } catch (SQLException e) {
      problem.addSuppressed(e);
    }
    return problem;
  }

  /// Files of the line list that could not be used.
  public List<FileProblem> problems() {
    return problems;
  }

  /// The case definitions in force, in order of precedence.
  public List<CaseDefinition> caseDefinitions() {
    return cases;
  }

  /// The exclusions in force, in order of precedence.
  public List<CaseDefinition> exclusions() {
    return exclusions;
  }

  /// The labels that a case may have, in their order of precedence.
  public List<String> labels() {
    return Stream.concat(cases.stream().map(CaseDefinition::name), Stream.of(LabelSql.UNLABELLED))
        .distinct()
        .toList();
  }

  /// Asks one question in SQL. Parts of it may have been typed by a person, as a condition.
  ///
  /// @throws RegistryException.BadQuery if the SQL is refused, with DuckDB's own words
  public Answer ask(String sql) throws IOException {
    ReadOnlySql.checkOne(sql);
    note(sql);
    try {
      return withFiles(() -> answer(sql));
    } catch (SQLException e) {
      throw new RegistryException.BadQuery(DuckMessage.forQuery(e.getMessage()));
    }
  }

  /// Whether DuckDB understands a condition over the columns of `cases`. Nothing is read, and it is
  /// no question that was asked.
  ///
  /// @throws RegistryException.BadQuery if not, with DuckDB's own words
  public void understand(String condition) throws IOException {
    String sql = "SELECT 1 FROM cases WHERE (" + condition + "\n)";
    ReadOnlySql.checkOne(condition);
    try {
      engine.prepareStatement(sql).close();
    } catch (SQLException e) {
      throw new RegistryException.BadQuery(DuckMessage.forQuery(e.getMessage()));
    }
  }

  /// The questions asked so far, in order.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /// Remembers a question that is asked past [#ask].
  void note(String sql) {
    asked.add(sql);
  }

  private Answer answer(String sql) throws SQLException {
    Statement statement = engine.createStatement();
    try {
      return new Answer(statement, statement.executeQuery(sql));
    } catch (SQLException e) {
      try {
        statement.close();
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /// Keeps the answer to a question as a temporary table, for questions that ask it again and
  /// again.
  ///
  /// @param name the table's name
  /// @param query what it holds
  public void keep(String name, String query) throws IOException {
    String made = "CREATE OR REPLACE TEMP TABLE " + Engine.identifier(name) + " AS " + query;
    note(made);
    try {
      execute(made);
    } catch (SQLException e) {
      throw new RegistryException.BadQuery(DuckMessage.forQuery(e.getMessage()));
    }
  }

  /// The engine, for questions that read more numbers than [Answer] hands out quickly.
  DuckDBConnection engine() {
    return engine;
  }

  /// How many answers there will be to what a person typed.
  ///
  /// @throws RegistryException.BadQuery if a statement may not be run
  public static long answers(String sql) throws IOException {
    return ReadOnlySql.checked(sql).stream().filter(ReadOnlySql.Checked::reads).count();
  }

  /// Runs what a person typed: statements that read, and temporary tables and views for them.
  ///
  /// @param reader receives the answer to each statement that reads, in order
  public void askUntrusted(String sql, AnswerReader reader) throws IOException {
    for (ReadOnlySql.Checked each : ReadOnlySql.checked(sql)) {
      if (each.reads()) {
        try (Answer answer = ask(each.sql())) {
          reader.read(answer);
        }
      } else {
        note(each.sql());
        try {
          execute(each.sql());
        } catch (SQLException e) {
          throw new RegistryException.BadQuery(DuckMessage.forQuery(e.getMessage()));
        }
      }
    }
  }

  /// Takes an answer while it is open.
  public interface AnswerReader {
    /// Reads it.
    void read(Answer answer) throws IOException;
  }

  /// Finds a row by the beginning of its id.
  ///
  /// @throws RegistryException.NoSuchCase if none begins so, or several do
  public String caseId(String beginning) throws IOException {
    String text = beginning.strip();
    String like = "starts_with(case_id, " + Engine.literal(text) + ")";
    try (Answer answer =
        ask("SELECT case_id FROM facts WHERE " + like + " ORDER BY case_id LIMIT 3")) {
      if (text.isEmpty() || !answer.next()) {
        throw new RegistryException.NoSuchCase(
            "'" + text + "': expected the beginning of a case_id, found none that begins so");
      }
      String found = answer.value(0).orElse("").toString();
      if (answer.next() && !found.equals(text)) {
        throw new RegistryException.NoSuchCase(
            "'"
                + text
                + "': expected the beginning of one case_id, found several: "
                + found
                + ", "
                + answer.value(0).orElse("")
                + (answer.next() ? " …" : ""));
      }
      return death(found);
    }
  }

  /// The row that stands for a row's death, where several tell of it.
  private String death(String caseId) throws IOException {
    String literal = Engine.literal(caseId);
    try (Answer answer =
        ask("SELECT case_id FROM deaths WHERE list_contains(also_told_by, " + literal + ")")) {
      return answer.next() ? answer.value(0).orElse(caseId).toString() : caseId;
    }
  }

  /// The object versions that need not be read again. A row without a version is of an object that
  /// could not be fetched, which is worth another try. An archive need not be read again when all
  /// the cores that it holds are there.
  public SeenObjects seen() throws IOException {
    SeenObjects seen = new SeenObjects();
    try (Answer answer =
        ask(
            "SELECT object_uri, object_version FROM facts WHERE object_version IS NOT NULL"
                + " UNION ALL SELECT archive_uri, archive_version FROM facts"
                + " WHERE archive_uri IS NOT NULL AND object_version IS NOT NULL"
                + " GROUP BY ALL HAVING count(*) >= max(archive_members)")) {
      while (answer.next()) {
        seen.add(
            answer.value(0).orElseThrow().toString(), answer.value(1).orElseThrow().toString());
      }
    }
    return seen;
  }

  @Override
  public void close() throws IOException {
    try {
      engine.close();
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }

  private void createViews() throws SQLException, IOException {
    remaking = true;
    List<DataFile> files = this.files.inventory(engine).live();
    execute(Macros.SQL);
    execute(
        "CREATE OR REPLACE VIEW stored AS "
            + StoredRows.of(engine, LineListSchema.stored(), files));
    execute("CREATE OR REPLACE VIEW latest AS " + (files.isEmpty() ? "FROM stored" : newest()));
    boolean archives = any("latest WHERE archive_members IS NOT NULL");
    execute("CREATE OR REPLACE VIEW facts AS " + (archives ? WITHOUT_OVERCOME : "FROM latest"));
    boolean logs = any("facts WHERE evidence IS NOT NULL");
    execute("CREATE OR REPLACE VIEW deaths AS " + (logs ? Deaths.SQL : Deaths.WITHOUT_LOGS));
    execute("CREATE OR REPLACE VIEW placed AS " + Placement.of("deaths", inventory));
    try {
      execute(
          "CREATE OR REPLACE VIEW labelled AS " + LabelSql.labelled("placed", cases, exclusions));
    } catch (SQLException e) {
      throw RefusedDefinition.among(engine, List.of(cases, exclusions), e);
    }
    execute("CREATE OR REPLACE VIEW cases AS " + LabelSql.withEpisodes("labelled"));
    remaking = false;
  }

  /// Whether a relation has any row.
  private boolean any(String relation) throws SQLException, IOException {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 FROM " + relation + " LIMIT 1")) {
      return rows.next();
    }
  }

  /// One row per object: of several, the one made last. Two collectors that ran side by side, a
  /// changed object and one that could be fetched only at the second try all leave several.
  ///
  /// Only objects with several rows are ranked: to rank all would hold the whole line list in
  /// memory.
  private String newest() throws SQLException, IOException {
    execute(
        "CREATE OR REPLACE TEMP TABLE repeated AS SELECT object_uri FROM stored WHERE hash(object_uri) IN ("
            + "SELECT hash(object_uri) FROM stored GROUP BY 1 HAVING count(*) > 1)"
            + " GROUP BY 1 HAVING count(*) > 1");
    if (!any("repeated")) {
      return "FROM stored";
    }
    return "FROM stored ANTI JOIN repeated USING (object_uri) UNION ALL BY NAME"
        + " (FROM stored SEMI JOIN repeated USING (object_uri) QUALIFY row_number() OVER ("
        + "PARTITION BY object_uri ORDER BY collected_at DESC NULLS LAST, object_version) = 1)";
  }

  /// From here on the engine reads the workspace's own data and nothing else.
  private void lock(List<Path> directories) throws SQLException, IOException {
    execute(
        "SET allowed_directories = ["
            + directories.stream()
                .map(directory -> Engine.literal(directory + "/"))
                .collect(Collectors.joining(", "))
            + "]");
    execute("SET enable_external_access = false");
    execute("SET lock_configuration = true");
  }

  /// Runs a statement that answers nothing.
  void execute(String sql) throws SQLException, IOException {
    withFiles(
        () -> {
          try (Statement statement = engine.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /// Something that reads the files of the line list.
  interface Reading<T> {
    /// Reads.
    T read() throws SQLException;
  }

  /// Reads; and once more, by a new list of files, where one has gone: it was merged into another.
  <T> T withFiles(Reading<T> reading) throws SQLException, IOException {
    try {
      return reading.read();
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      boolean gone =
          message.contains("No such file or directory") || message.contains("No files found");
      if (remaking || !gone) {
        if (DamagedFiles.mayExplain(e)) {
          Optional<RegistryException.DamagedFile> damaged = DamagedFiles.among(directories);
          if (damaged.isPresent()) {
            throw damaged.get();
          }
        }
        throw e;
      }
      createViews();
      return reading.read();
    }
  }
}
