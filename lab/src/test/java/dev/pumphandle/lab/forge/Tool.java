package dev.pumphandle.lab.forge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of somebody else's that reads cores: an outside opinion.
record Tool(String name) {

  /// Is it on this machine's PATH?
  boolean installed() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(d -> Files.isExecutable(Path.of(d).resolve(name)));
  }

  /// What it prints, standard error included; it gets twenty seconds.
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(name, ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("DEBUGINFOD_URLS", "");
    Process process = builder.start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(name + " does not end");
    }
    String text = Files.readString(out);
    Files.delete(out);
    return text;
  }
}
