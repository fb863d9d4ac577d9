package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The pages of `pumphandle help`: what all commands share.
enum HelpTopic {
  EXIT_CODES {
    @Override
    String text() {
      return Arrays.stream(ExitCode.values())
          .map(code -> String.format(Locale.ROOT, "%4d  %s%n", code.number(), code.meaning()))
          .collect(Collectors.joining("", "How a command ends:\n\n", ""));
    }
  },
  ENVIRONMENT {
    @Override
    String text() {
      return """
      What the environment can say:

        PUMPHANDLE_WORKSPACE  the workspace, when --workspace is not given
        PUMPHANDLE_JAVA       the JDK (25 or newer) to run on: its directory or its bin/java
        PUMPHANDLE_JAVA_OPTS  further options for the JVM, for instance -Xmx4g
        PUMPHANDLE_WEBHOOK_URL, PUMPHANDLE_ALERTMANAGER_URL, PUMPHANDLE_WEBHOOK_TOKEN
                              where watch sends alerts when no option says, and
                              the bearer token for it
        JAVA_HOME, PATH       where a JDK is looked for next, before the usual folders
        COLUMNS               the width to write for
        NO_COLOR              set to anything: no colours
        FORCE_COLOR           set to anything: colours even in a pipe
        XDG_CACHE_HOME        where demo keeps its workspace; default ~/.cache

      Object stores are read with the clouds' own variables:

        AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN,
        AZURE_STORAGE_SERVICE_ENDPOINT, and those of Azure's default credential
        AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, and those of AWS's default chain
        STORAGE_EMULATOR_HOST, and those of Google's application default credentials
      """;
    }
  },
  FORMATTING {
    @Override
    String text() {
      return """
      What standard output looks like (-o, --output):

        table     aligned, cut to the width of the screen; the default on a terminal
        tsv       tab-separated with a heading line; the default in a pipe
        json      one array of objects      ndjson    one object per line
        csv       RFC 4180                  markdown  a table for a report

      Data goes to standard output, talk and progress to standard error. Addresses and
      register contents are hex on screen and hex strings in JSON, because JSON's
      numbers lose bits beyond 53; in SQL they are UBIGINT. Times are UTC. In JSON any
      field may be null: what is not known is never guessed. Truths are yes and no in
      table and markdown, true and false in the others.
      """;
    }
  },
  FILTERS {
    @Override
    String text() {
      return """
      A filter is a list of column:value with commas between; all must hold, a minus
      turns one round:

        label:return-to-null                      one label
        label:return-to-null,label:jump-to-null   the same column twice: either
        cloud_region:eastus2,-service_version:2025.30
        signal_name:SIGSEGV,k8s_node_name:ip-10-*     * stands for any characters
        k8s_node_name:                            nothing known; -k8s_node_name: something known

      Short names: host, physical, node, cluster, region, zone, version, exe, signal,
      tier, pid, build. Columns: pumphandle columns. Quote a value that holds a comma:
      'process_executable_name:"a,b"'. Anything else: --where with SQL.

        --since, --until      2025-06-03, 2025-06-03T10:00:00Z, or an age: 30d, 12h, 90m
      """;
    }
  },
  SQL {
    @Override
    String text() {
      return """
      pumphandle sql asks DuckDB, with the view `cases` (one row per core) over
      data/cases/*.parquet:

        select label, count(*) from cases group by all order by 2 desc
        select date_trunc('day', observed_at) as day, count(*) from cases
          where label = 'return-to-null' group by 1 order by 1
        select k8s_node_name, count(*) as n, count(distinct signature) from cases
          group by 1 having n > 3
        select case_id, f.function
          from (select case_id, unnest(frames) as f from cases)
        select printf('0x%x', fault_pc), registers['rax'] from cases
          where read_state = 'complete'

      Addresses are UBIGINT. The connection can read nothing but the workspace and
      change nothing. The Parquet files are plain: duckdb, pandas and Spark read them
      as well. Columns: pumphandle columns.
      """;
    }
  };

  /// The page, its last line ended.
  abstract String text();

  static Optional<HelpTopic> named(String name) {
    return Arrays.stream(values()).filter(topic -> topic.toString().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(HelpTopic::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
