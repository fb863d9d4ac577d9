package dev.pumphandle.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.stores.Listed.Unlisted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir Path temporary;
  private Path root;
  private LocalFiles store;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temporary.toRealPath().resolve("cores"));
    store = new LocalFiles(temporary.toRealPath());
  }

  private List<Listed> list(String place) throws IOException {
    try (Stream<Listed> found = store.list(place)) {
      return found.sorted((a, b) -> a.uri().compareTo(b.uri())).toList();
    }
  }

  private List<String> names(String place) throws IOException {
    return list(place).stream()
        .map(found -> root.relativize(Path.of(URI.create(found.uri()))).toString())
        .toList();
  }

  private Path write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Test
  void anEmptyDirectoryListsNothing() throws IOException {
    assertThat(list("cores")).isEmpty();
  }

  @Test
  void directoriesAreWalkedToTheBottomAndSidecarsAreNotCores() throws IOException {
    write("core.1", "x");
    write("core.1.json", "{}");
    write("a/b/c/core.2", "x");
    write("truth/core.1.json", "{}");
    assertThat(names("cores")).containsExactly("a/b/c/core.2", "core.1");
    assertThat(names(root.toUri().toString())).hasSize(2);
  }

  @Test
  void aFileNamedByTheUserIsTakenWhateverItsName() throws IOException {
    write("odd.json", "x");
    assertThat(names("cores/odd.json")).containsExactly("odd.json");
  }

  @Test
  void anObjectIsReadFromFrontToBackAsItIsOrUnpacked() throws IOException {
    String text = "one line\n".repeat(100_000);
    write("plain.log", text);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(root.resolve("packed.log.gz"), packed.toByteArray());
    for (Listed each : list("cores")) {
      assertThat(each).isInstanceOf(StoredObject.class);
      StoredObject object = (StoredObject) each;
      try (InputStream in = PlainStream.of(object.access().raw())) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .as(object.uri())
            .isEqualTo(text);
      }
    }
  }

  @Test
  void aPlaceThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> list("nowhere"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("nowhere");
    assertThatThrownBy(() -> list("file:bad uri")).isInstanceOf(IOException.class);
  }

  @Test
  void linksIntoTheTreeAreSkippedAndLoopsEnd() throws IOException {
    Path core = write("a/core.1", "x");
    Files.createSymbolicLink(root.resolve("loop"), root);
    Files.createSymbolicLink(root.resolve("a/up"), root.resolve("a"));
    Files.createSymbolicLink(root.resolve("again"), core);
    assertThat(names("cores")).containsExactly("a/core.1");
  }

  @Test
  void linksOutOfTheTreeAreFollowedOnce() throws IOException {
    Path outside = Files.createDirectory(root.resolveSibling("outside"));
    Files.writeString(outside.resolve("core.9"), "x");
    Files.createSymbolicLink(outside.resolve("back"), outside);
    Files.createSymbolicLink(root.resolve("one"), outside);
    Files.createSymbolicLink(root.resolve("two"), outside);
    assertThat(names("cores")).containsExactly("../outside/core.9");
  }

  @Test
  void aLinkToNothingIsSaid() throws IOException {
    Files.createSymbolicLink(root.resolve("gone"), root.resolve("nowhere"));
    assertThat(list("cores"))
        .singleElement()
        .isInstanceOfSatisfying(
            Unlisted.class,
            unlisted -> assertThat(unlisted.reason()).isEqualTo("a link to nothing"));
  }

  @Test
  void aPipeIsNeverOpened() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    Assumptions.assumeTrue(mkfifo.waitFor() == 0, "mkfifo makes no pipe here");
    assertThat(list("cores")).singleElement().isInstanceOf(Unlisted.class);
    assertThat(list("cores/pipe")).singleElement().isInstanceOf(Unlisted.class);
  }

  @Test
  void aDirectoryWithoutPermissionIsSaidAndTheRestIsListed() throws IOException {
    Path closed = Files.createDirectory(root.resolve("closed"));
    write("core.1", "x");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(closed), "root may read everything");
    assertThat(list("cores")).hasSize(2).anyMatch(Unlisted.class::isInstance);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void oddNamesGiveWellFormedUrisThatLeadBack() throws IOException {
    write("with space", "1");
    write("100%", "1");
    write("a#b?c", "1");
    write("grün", "1");
    for (Listed found : list("cores")) {
      URI uri = URI.create(found.uri());
      assertThat(uri.getScheme()).isEqualTo("file");
      assertThat(found.uri()).isASCII().doesNotContain(" ");
      assertThat(Path.of(uri)).exists();
    }
  }

  @Test
  void aNameThatIsNotUtf8IsListedAndReadable() throws Exception {
    Process make =
        new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'core.\\377\\376')\"")
            .directory(root.toFile())
            .start();
    Assumptions.assumeTrue(make.waitFor() == 0, "this file system wants UTF-8");
    Listed found = list("cores").getFirst();
    assertThat(found.uri()).endsWith("/core.%FF%FE");
    try (ByteSource source = ((StoredObject) found).open(1 << 20)) {
      assertThat(source.length()).isEqualTo(1);
    }
    assertThat(list(found.uri())).hasSize(1);
  }

  @Test
  void aFileWrittenAnewHasAnotherVersion() throws IOException {
    Path file = write("core.1", "one");
    String before = version();
    assertThat(version()).isEqualTo(before);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(5, 7)));
    String touched = version();
    assertThat(touched).isNotEqualTo(before).startsWith("3-5000000007-");
    Files.move(write("other", "two"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(5, 7)));
    assertThat(version()).isNotEqualTo(touched);
  }

  private String version() throws IOException {
    return ((StoredObject) list("cores").getFirst()).version();
  }

  @Test
  void compressedObjectsOpenUnpackedAndPlainOnesAsTheyAre() throws IOException {
    byte[] plain = Packed.content(100_000);
    Files.write(root.resolve("core.zst"), Packed.pack(Compression.ZSTD, plain));
    Files.write(root.resolve("plain"), plain);
    for (Listed found : list("cores")) {
      try (ByteSource source = ((StoredObject) found).open(1 << 20)) {
        assertThat(source.read(0, 200_000).toArray()).isEqualTo(plain);
        assertThat(source.name()).startsWith(root.toString());
      }
    }
  }

  @Test
  void aSidecarIsFoundBesideTheObjectWithAndWithoutItsSuffix() throws IOException {
    write("core.1", "x");
    write("core.1.json", "{\"a\":1}");
    write("core.2.zst", "x");
    write("core.2.json", "{}");
    write("core.3", "x");
    List<String> sidecars =
        list("cores").stream().map(found -> sidecar((StoredObject) found)).toList();
    assertThat(sidecars).containsExactly("{\"a\":1}", "{}", "");
  }

  private static String sidecar(StoredObject object) {
    try {
      return object
          .sidecar()
          .map(view -> new String(view.toArray(), StandardCharsets.UTF_8))
          .orElse("");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
