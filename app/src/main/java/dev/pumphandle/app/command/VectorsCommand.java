package dev.pumphandle.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.OutputFormat;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.vectors.GroupResult;
import dev.pumphandle.epi.vectors.Node;
import dev.pumphandle.epi.vectors.VectorSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pumphandle vectors FILE`: anyone may check the arithmetic against numbers computed elsewhere.
@Command(
    name = "vectors",
    hidden = true,
    header = "Check the statistics against a file of vectors; one line per group.",
    footer = {
      "",
      "Examples:",
      "  pumphandle vectors stats-vectors.json",
      "  pumphandle vectors other.json -o json",
      "",
    })
public final class VectorsCommand implements Verb {
  private static final int SHOWN = 5;

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "A vector file (JSON), grouped by method.")
  private String file = "";

  /// The command in one session.
  public VectorsCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    List<GroupResult> results = results(session.path(file));
    session.print(
        Grid.of(
            List.of(
                Heading.whole("group"),
                Heading.whole("result"),
                Heading.numbers("compared"),
                Heading.numbers("off"),
                Heading.numbers("worst"),
                Heading.words("worst_at")),
            results.stream().map(VectorsCommand::row).toList()));
    session.out().flush();
    boolean detail = session.format() == OutputFormat.TABLE || session.format() == OutputFormat.TSV;
    for (GroupResult group : results) {
      if (detail) {
        group.failures().stream().limit(SHOWN).forEach(session::say);
      }
    }
    long failed = results.stream().filter(group -> !group.passed()).count();
    session.say(
        failed == 0
            ? "All " + Words.count(results.size(), "group") + " agree."
            : failed + " of " + Words.count(results.size(), "group") + " do not agree.");
    return failed == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static List<GroupResult> results(Path path) throws IOException {
    try {
      return VectorSuite.evaluate(Node.of(new ObjectMapper().readValue(path.toFile(), Map.class)));
    } catch (JsonProcessingException e) {
      throw CommandException.failure(
          path + ": line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw CommandException.failure(path + ": " + e.getMessage());
    }
  }

  private static List<Value> row(GroupResult group) {
    return List.of(
        Value.text(group.group()),
        Value.text(group.passed() ? "pass" : "FAIL"),
        Value.whole(group.compared()),
        Value.whole(group.failures().size()),
        new Value.Decimal(Math.round(group.worst() * 1000) / 1000.0),
        Value.text(group.worstAt()));
  }
}
