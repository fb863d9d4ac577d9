package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher with a JDK and a Maven that only tell how they were called.
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../pumphandle").toAbsolutePath().normalize();

  @TempDir Path temporary;
  private Path home;
  private Path jdk;

  record Launched(int code, String out, String err) {}

  @BeforeEach
  void layOut() throws IOException {
    home = Files.createDirectories(temporary.toRealPath().resolve("a home with spaces"));
    Files.copy(
        LAUNCHER, home.resolve("pumphandle"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    jdk = jdk("jdk-25", "25.0.1");
  }

  /// A JDK whose `java` writes its arguments, one per line, or makes an empty-looking cache.
  private Path jdk(String name, String version) throws IOException {
    Path directory = temporary.toRealPath().resolve(name + " dir");
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(
        directory.resolve("release"),
        "IMPLEMENTOR=\"Test\"\nJAVA_RUNTIME_VERSION=\""
            + version
            + "+1\"\nJAVA_VERSION=\""
            + version
            + "\"\n");
    script(
        directory.resolve("bin/java"),
        """
        case $1 in -XX:AOTCacheOutput=*) echo cache >"${1#*=}"; exit 0 ;; esac
        printf '%s\\n' "$@"
        """);
    return directory;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// An installed Pumphandle: nothing to build.
  private void install() throws IOException {
    Files.writeString(home.resolve("classpath"), "one.jar\ntwo.jar\n");
  }

  /// A source checkout with a Maven that takes a second and counts its calls.
  private Path checkOut(String maven) throws IOException {
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(home.resolve("app/src/main"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    script(bin.resolve("mvn"), maven);
    Files.setLastModifiedTime(home.resolve("pumphandle"), FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.from(Instant.EPOCH));
    return bin;
  }

  private static final String WORKING_MAVEN =
      """
      echo called >>calls
      sleep 1
      mkdir -p app/target/pumphandle
      echo one.jar >app/target/pumphandle/classpath
      """;

  private Process start(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PUMPHANDLE") || name.equals("JAVA_HOME"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Launched end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Launched(process.waitFor(), out, err);
  }

  private Launched launch(Map<String, String> environment, String... arguments) throws Exception {
    return end(start(home.resolve("pumphandle"), environment, arguments));
  }

  private Map<String, String> withJdk() {
    return Map.of("PUMPHANDLE_JAVA", jdk.toString());
  }

  @Test
  void argumentsArriveWholeAndShortCommandsStartInAHurry() throws Exception {
    install();
    Launched launched = launch(withJdk(), "show", "two words", "", "*");
    assertThat(launched.code()).isZero();
    assertThat(launched.out())
        .endsWith("dev.pumphandle.app.Main\nshow\ntwo words\n\n*\n")
        .contains("-Dpumphandle.stdin.pipe=true\n")
        .contains("-XX:TieredStopAtLevel=1\n", "\n-Djava.library.path=" + home + "/native\n")
        .contains("\n" + home + "/lib/one.jar:" + home + "/lib/two.jar\n");
    assertThat(launch(withJdk(), "collect", "x").out()).doesNotContain("TieredStopAtLevel");
  }

  @Test
  void whoChoosesACollectorHasChosenAndJavaIsNotToldTwo() throws Exception {
    install();
    assertThat(launch(withJdk(), "investigate").out()).contains("-XX:+UseParallelGC");
    Map<String, String> choosing =
        Map.of("PUMPHANDLE_JAVA", jdk.toString(), "PUMPHANDLE_JAVA_OPTS", "-Xlog:gc -XX:+UseZGC");
    assertThat(launch(choosing, "investigate").out())
        .contains("-XX:+UseZGC", "-Xmx3g")
        .doesNotContain("UseSerialGC", "UseParallelGC");
  }

  @Test
  void theCacheIsMadeOnceForEachJdk() throws Exception {
    install();
    assertThat(launch(withJdk(), "list").err()).contains("start-up cache");
    assertThat(launch(withJdk(), "list").err()).isEmpty();
    assertThat(launch(withJdk(), "list").out()).contains("-XX:AOTCache=" + home + "/aot/");
    Path other = jdk("jdk-26", "26.0.1");
    assertThat(launch(Map.of("PUMPHANDLE_JAVA", other.toString()), "list").err())
        .contains("start-up cache");
  }

  @Test
  void aCacheThatCannotBeMadeIsNoReasonNotToRun() throws Exception {
    install();
    script(jdk.resolve("bin/java"), "case $1 in -XX:AOTCacheOutput=*) exit 1 ;; esac; echo ran\n");
    assertThat(launch(withJdk(), "list").out()).isEqualTo("ran\n");
    assertThat(launch(withJdk(), "list").err()).isEmpty();
  }

  @Test
  void itRunsThroughALinkFromAnywhere() throws Exception {
    install();
    Path link = Files.createSymbolicLink(temporary.resolve("link"), home.resolve("pumphandle"));
    Path second = Files.createSymbolicLink(temporary.resolve("second"), Path.of("link"));
    assertThat(end(start(link, withJdk(), "list")).out()).contains(home + "/lib/one.jar");
    assertThat(end(start(second, withJdk(), "list")).out()).contains(home + "/lib/one.jar");
  }

  @Test
  void aJdkNamedByHandMustServe() throws Exception {
    install();
    Path old = jdk("jdk-17", "17.0.2");
    Launched tooOld = launch(Map.of("PUMPHANDLE_JAVA", old.toString()), "list");
    assertThat(tooOld.code()).isEqualTo(1);
    assertThat(tooOld.err()).hasLineCount(1).contains("expected JDK 25 or newer, found 17");
    Launched missing = launch(Map.of("PUMPHANDLE_JAVA", "/nowhere"), "list");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).hasLineCount(1).contains("PUMPHANDLE_JAVA=/nowhere: expected a JDK");
    Launched binary = launch(Map.of("PUMPHANDLE_JAVA", jdk.resolve("bin/java").toString()), "list");
    assertThat(binary.code()).isZero();
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    install();
    Path old = jdk("jdk-17", "17.0.2");
    String path = jdk.resolve("bin") + ":" + System.getenv("PATH");
    Launched launched = launch(Map.of("JAVA_HOME", old.toString(), "PATH", path), "list");
    assertThat(launched.code()).isZero();
    assertThat(launched.out()).endsWith("dev.pumphandle.app.Main\nlist\n");
    assertThat(launch(Map.of("JAVA_HOME", jdk.toString()), "list").code()).isZero();
  }

  @Test
  void aCheckoutBuildsOnceHoweverManyBegin() throws Exception {
    Path bin = checkOut(WORKING_MAVEN);
    Map<String, String> environment =
        Map.of("PUMPHANDLE_JAVA", jdk.toString(), "PATH", bin + ":" + System.getenv("PATH"));
    List<Process> started = new ArrayList<>();
    for (int each = 0; each < 4; each++) {
      started.add(start(home.resolve("pumphandle"), environment, "list"));
    }
    List<Launched> ended = new ArrayList<>();
    for (Process process : started) {
      ended.add(end(process));
    }
    assertThat(ended).allMatch(launched -> launched.code() == 0);
    assertThat(ended)
        .filteredOn(launched -> launched.err().contains("building with Maven"))
        .hasSize(1);
    assertThat(Files.readAllLines(home.resolve("calls"))).hasSize(1);
  }

  @Test
  void aCheckoutBuildsAgainWhenASourceIsNewer() throws Exception {
    Path bin = checkOut(WORKING_MAVEN);
    Map<String, String> environment =
        Map.of("PUMPHANDLE_JAVA", jdk.toString(), "PATH", bin + ":" + System.getenv("PATH"));
    launch(environment, "list");
    assertThat(launch(environment, "list").err()).doesNotContain("building");
    Path source = Files.writeString(home.resolve("app/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(launch(environment, "list").err()).contains("sources changed");
  }

  @Test
  void aFailedBuildShowsItsLogAndLeavesNothingHalf() throws Exception {
    Path bin = checkOut("echo the reason >&2; exit 1\n");
    Launched launched =
        launch(
            Map.of("PUMPHANDLE_JAVA", jdk.toString(), "PATH", bin + ":" + System.getenv("PATH")),
            "list");
    assertThat(launched.code()).isEqualTo(1);
    assertThat(launched.err()).contains("the reason", "the build failed; its log is");
    try (Stream<Path> left = Files.list(home.resolve("app/target"))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().equals("pumphandle"));
    }
  }
}
