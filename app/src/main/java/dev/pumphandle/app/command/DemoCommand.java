package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.demo.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pumphandle demo`: a population of real crashes, made here.
@Command(
    name = "demo",
    header =
        "The whole story: really crashing programs in a simulated year, collected and investigated.",
    description = {
      "",
      "A few dozen programs really crash here. Around them stands a simulated year of a fleet with one"
          + " bad host and one race, a few hundred of its crashes as cores. All are collected and"
          + " labelled, and the investigation, which is not told, says what it finds.",
      "The crashes are real; hosts, days and releases are play-acted, and the sidecars beside the cores say so."
          + " Where this machine cannot make cores or has no C++ compiler, forged cores stand in.",
    },
    footer = {
      "",
      "Examples:",
      "  pumphandle demo               in ~/.cache/pumphandle/demo; the second time it is there already",
      "  pumphandle demo --fresh       crash everything again",
      "  pumphandle demo ./somewhere   in a directory of your choice",
      "",
    })
public final class DemoCommand implements Verb {
  private final Session session;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where. Default: in the cache.")
  private @Nullable String directory;

  @Option(names = "--fresh", description = "Throw the last demonstration away and make a new one.")
  private boolean fresh;

  @Option(names = "--forged", description = "Forged cores, even where real crashes could be had.")
  private boolean forged;

  /// The command in one session.
  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public ExitCode run() throws IOException {
    Path place = directory == null ? cache().resolve("demo") : session.path(directory);
    return new Demo(session, place, cache().resolve("lab")).run(fresh, forged);
  }

  /// Source: XDG Base Directory Specification 0.8, XDG_CACHE_HOME.
  private Path cache() {
    Optional<String> named =
        Optional.ofNullable(session.surroundings().environment().get("XDG_CACHE_HOME"))
            .filter(name -> name.startsWith("/"));
    String home =
        session.surroundings().environment().getOrDefault("HOME", System.getProperty("user.home"));
    return named.map(Path::of).orElseGet(() -> Path.of(home, ".cache")).resolve("pumphandle");
  }
}
