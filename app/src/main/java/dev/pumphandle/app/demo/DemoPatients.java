package dev.pumphandle.app.demo;

import dev.pumphandle.app.Session;
import dev.pumphandle.lab.crash.Admission;
import dev.pumphandle.lab.crash.CrashLab;
import dev.pumphandle.lab.crash.Outcome;
import dev.pumphandle.lab.crash.Readiness;
import dev.pumphandle.lab.crash.Rounds;
import dev.pumphandle.lab.crash.Scenario;
import dev.pumphandle.lab.forge.ForgedRound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Makes the cores of the demonstration.
final class DemoPatients {
  private final Session session;

  DemoPatients(Session session) {
    this.session = session;
  }

  /// Fills a directory with cores.
  ///
  /// @param into where the cores go; empty or absent
  /// @param story where and when they are said to have died
  /// @param cache where the lab keeps its executables
  /// @param forged whether not even to try real crashes
  /// @return how they came to be, in one sentence
  String make(Path into, Scenario story, Path cache, boolean forged) throws IOException {
    if (forged) {
      return forge(into, story, "forged cores were asked for");
    }
    try {
      return switch (CrashLab.open(cache, Rounds.demo())) {
        case Readiness.NotReady(String why) -> forge(into, story, why);
        case Readiness.Ready(CrashLab lab) -> crash(lab, into, story);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while programs were crashing", e);
    }
  }

  private String crash(CrashLab lab, Path into, Scenario story)
      throws IOException, InterruptedException {
    List<Admission> round = story.stage(Rounds.demo());
    session.say("Making " + round.size() + " programs crash …");
    List<Outcome> outcomes = lab.run(round, into, _ -> {});
    long died = outcomes.stream().filter(Outcome.Died.class::isInstance).count();
    String failed =
        died == outcomes.size()
            ? ""
            : " (" + (outcomes.size() - died) + " survived or left no core)";
    return died
        + " programs really crashed on this machine"
        + failed
        + "; only their hosts, days and releases are play-acted.";
  }

  private String forge(Path into, Scenario story, String why) throws IOException {
    int cores = ForgedRound.write(into, story).size();
    return "No real crashes here: " + why + ". These " + cores + " cores are forged instead.";
  }
}
