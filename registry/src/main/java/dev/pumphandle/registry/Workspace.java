package dev.pumphandle.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A directory that holds one line list: settings, case definitions, exclusions, saved queries, and
/// the data.
public final class Workspace {

  private final Path root;
  private final Settings settings;

  private Workspace(Path root, Settings settings) {
    this.root = root;
    this.settings = settings;
  }

  /// Makes a workspace, with the standard case definitions and exclusions. Files that are there
  /// already are left as they are.
  ///
  /// @return the workspace
  /// @throws RegistryException.NoWorkspace if the place holds a workspace already
  public static Workspace init(Path directory) throws IOException {
    Path root = directory.toAbsolutePath().normalize();
    if (Files.exists(root.resolve(Settings.FILE))) {
      throw new RegistryException.NoWorkspace(root + ": is a workspace already");
    }
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new RegistryException.NoWorkspace(root + ": expected a directory, found a file");
    }
    try {
      Files.createDirectories(root.resolve("data/cases"));
      Files.createDirectories(root.resolve("queries"));
      for (String name : StandardDefinitions.names()) {
        Files.createDirectories(root.resolve(name).resolveSibling("."));
        place(root.resolve(name), StandardDefinitions.text(name));
      }
      place(root.resolve(".gitignore"), "data/\n");
    } catch (IOException e) {
      throw RegistryException.NotWritten.because(root, e);
    }
    // Last, since it is what makes the directory a workspace.
    if (!place(root.resolve(Settings.FILE), Settings.TEMPLATE)) {
      throw new RegistryException.NoWorkspace(root + ": is a workspace already");
    }
    return open(root);
  }

  // Whole, or a second try would take what a full disk left of a definition for the user's own.
  private static boolean place(Path file, String text) throws IOException {
    return WholeFile.create(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Opens the workspace that stands at a directory.
  public static Workspace open(Path directory) throws IOException {
    Path root = directory.toAbsolutePath().normalize();
    if (!Files.isRegularFile(root.resolve(Settings.FILE))) {
      throw new RegistryException.NoWorkspace(
          root + ": expected a workspace (a directory with " + Settings.FILE + "), found none");
    }
    return new Workspace(root, Settings.read(root));
  }

  /// Opens the workspace that a directory stands in, as git finds a repository: here, or above.
  public static Workspace find(Path start) throws IOException {
    Path from = start.toAbsolutePath().normalize();
    for (Path here = from; here != null; here = here.getParent()) {
      if (Files.isRegularFile(here.resolve(Settings.FILE))) {
        return open(here);
      }
    }
    throw new RegistryException.NoWorkspace(
        from
            + ": expected a workspace here or above (a directory with "
            + Settings.FILE
            + "), found none: make one with 'pumphandle init'");
  }

  /// The directory.
  public Path root() {
    return root;
  }

  /// What `pumphandle.toml` says.
  public Settings settings() {
    return settings;
  }

  /// Where the line list's files lie.
  public Path casesDirectory() {
    return root.resolve("data/cases");
  }

  /// Where the fleet's inventory lies: who lived where and when.
  public Path hostIntervalsDirectory() {
    return root.resolve("data/host_intervals");
  }

  /// Where inventory files lie as they were read; what they say together lies in
  /// [#hostIntervalsDirectory].
  public Path hostReportsDirectory() {
    return root.resolve("data/host_reports");
  }

  /// Where the fleet's calendar lies: releases, kernels, what else was changed.
  public Path changesDirectory() {
    return root.resolve("data/changes");
  }

  /// The case definitions, in order of precedence.
  public List<CaseDefinition> caseDefinitions() throws IOException {
    return definitions("cases", DefinitionKind.CASE);
  }

  /// The exclusions, in order of precedence.
  public List<CaseDefinition> exclusions() throws IOException {
    return definitions("exclusions", DefinitionKind.EXCLUSION);
  }

  /// A saved query, by name.
  ///
  /// @throws RegistryException.BadQuery if there is none of that name
  public String savedQuery(String name) throws IOException {
    Path file = root.resolve("queries").resolve(name + ".sql").normalize();
    if (!file.startsWith(root.resolve("queries")) || !Files.isRegularFile(file)) {
      throw new RegistryException.BadQuery(file + ": expected a saved query, found none");
    }
    return Files.readString(file);
  }

  private List<CaseDefinition> definitions(String folder, DefinitionKind kind) throws IOException {
    Path directory = root.resolve(folder);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files = list.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
    List<CaseDefinition> definitions = new ArrayList<>();
    for (Path file : files) {
      definitions.add(DefinitionFile.read(file, kind));
    }
    return DefinitionFile.ordered(definitions);
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Workspace.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the build: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
