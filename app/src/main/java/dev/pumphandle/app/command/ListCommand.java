package dev.pumphandle.app.command;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.app.question.CaseQuestion;
import dev.pumphandle.app.question.ColumnKinds;
import dev.pumphandle.app.question.LineListColumns;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pumphandle list [FILTER]`: the line list, newest first.
@Command(
    name = "list",
    header = "The line list: one row per core, newest first.",
    footer = {
      "",
      "Examples:",
      "  pumphandle list label:return-to-null --since 30d",
      "  pumphandle list region:eastus2,-version:2025.30 --columns case_id,observed_at,signature",
      "  pumphandle list --where 'fault_pc < 4096' -o ndjson",
      "  pumphandle list read_state:unreadable --columns object_uri,read_problem",
      "",
      "More: pumphandle help filters, pumphandle columns",
      "",
    })
public final class ListCommand implements Verb {
  private static final String ON_SCREEN =
      "left(case_id, 10) as case_id, strftime(observed_at, '%Y-%m-%d %H:%MZ') as observed_at,"
          + " coalesce(label, read_state) as label,"
          + " coalesce(host_name, k8s_node_name, host_physical_id) as host,"
          + " process_executable_name as executable, signal_name as signal,"
          + " coalesce(excluded_reason, label_tier) as tier, service_version as version, signature";
  private static final String FOR_PROGRAMS =
      "case_id, observed_at, label, label_tier, excluded_reason, signal_name, signal_code,"
          + " process_executable_name, process_pid, thread_count, service_version, host_name,"
          + " k8s_node_name, cloud_region, control_arrived, stack_alignment, fault_pc,"
          + " fault_address, signature, read_state, object_uri";
  private static final int ON_ONE_SCREEN = 40;

  private final Session session;

  @Mixin private CaseQuestion question = new CaseQuestion();

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description = "Which columns, with commas between; all for all of them.")
  private @Nullable String columns;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many rows; 0 for all. Default: 40 on a terminal, else all.")
  private @Nullable Integer limit;

  @Mixin private SqlOption sql = new SqlOption();

  /// The command in one session.
  public ListCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    boolean screen = session.format() == OutputFormat.TABLE;
    String condition = question.condition(Instant.now());
    String selected = selected(screen);
    int most = limit != null ? AtLeast.of(0, "--limit", limit) : screen ? ON_ONE_SCREEN : 0;
    sql.applyTo(session);
    try (OpenedLineList opened = OpenedLineList.of(session, question)) {
      session.print(
          opened.grid(
              "select "
                  + selected
                  + " from cases where "
                  + condition
                  + " order by observed_at desc nulls last, cases.case_id"
                  + (most > 0 ? " limit " + most : "")));
      if (screen) {
        session.out().flush();
        remark(opened, condition, most);
      }
      return opened.outcome();
    }
  }

  private String selected(boolean screen) {
    if (columns == null) {
      return screen ? ON_SCREEN : FOR_PROGRAMS;
    }
    if (columns.equals("all")) {
      return "*";
    }
    ColumnKinds known = LineListColumns.kinds();
    List<String> names = Arrays.stream(columns.split(",", -1)).map(String::strip).toList();
    for (String name : names) {
      if (known.of(name).isEmpty()) {
        throw CommandException.usage(
            "list: --columns: '"
                + name
                + "': no such column"
                + known.nearest(name).map(near -> ", did you mean " + near + "?").orElse("")
                + " (pumphandle columns lists them)");
      }
    }
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }

  /// What a person should know about what is not on the screen.
  private void remark(OpenedLineList opened, String condition, int most) throws IOException {
    List<Value> counts = opened.grid("select count(*) from facts").rows().next();
    long all = number(counts.getFirst());
    if (all == 0) {
      session.say("The line list is empty.");
      session.suggest("collect PATH…");
      return;
    }
    long found =
        number(
            opened.grid("select count(*) from cases where " + condition).rows().next().getFirst());
    if (found == 0) {
      session.say("None of " + Words.count(all, "row") + " matches.");
    } else if (most > 0 && found > most) {
      session.say(
          "The newest "
              + Words.count(most)
              + " of "
              + Words.count(found)
              + "; --limit 0 shows all.");
      session.suggest("show CASE_ID");
    } else {
      session.suggest("show CASE_ID");
    }
  }

  private static long number(Value value) {
    return value instanceof Value.Whole(var number) ? number.longValue() : 0;
  }
}
