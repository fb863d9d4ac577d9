package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.registry.DefinitionTest;
import dev.pumphandle.registry.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Runs the worked cases that stand in a definition's file, and says how they came out.
final class DefinitionTrial {
  private final Session session;

  DefinitionTrial(Session session) {
    this.session = session;
  }

  ExitCode run(Path file) throws IOException {
    List<DefinitionTest.Outcome> outcomes = DefinitionTest.run(file);
    List<List<Value>> rows =
        outcomes.stream()
            .map(
                outcome ->
                    List.of(
                        Value.whole(outcome.example().line()),
                        Value.text(outcome.passed() ? "ok" : "FAILED"),
                        Value.text(word(outcome.example().expected())),
                        Value.text(outcome.problem().orElse(word(outcome.found()))),
                        Value.text(outcome.example().json())))
            .toList();
    session.print(
        Grid.of(
            List.of(
                Heading.numbers("line"),
                Heading.words("result"),
                Heading.words("expected"),
                Heading.words("found"),
                Heading.words("example")),
            rows));
    session.out().flush();
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    if (outcomes.isEmpty()) {
      session.say(file + ": expected worked cases ('-- example …'), found none");
      return ExitCode.FAILURE;
    }
    if (failed > 0) {
      session.say(
          file + ": " + failed + " of " + Words.count(outcomes.size(), "worked case") + " failed");
      return ExitCode.FAILURE;
    }
    return ExitCode.OK;
  }

  private static String word(Optional<Tier> tier) {
    return tier.map(Tier::word).orElse("none");
  }
}
