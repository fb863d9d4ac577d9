package dev.pumphandle.corefile;

import com.github.luben.zstd.ZstdInputStream;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.lab.crash.CrashLab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A core of a real crash that the lab keeps, with what an observer saw when it happened.
///
/// @param name what it died of, and how, in a few words with dashes
/// @param truth the observer's text
public record KeptCore(String name, String truth) {

  private static final Pattern REGISTERS = Pattern.compile("\"registers\": *\\{([^}]*)}");
  private static final Pattern REGISTER = Pattern.compile("\"(\\w+)\": *\"0x([0-9a-f]+)\"");

  /// All of them, by name.
  public static List<KeptCore> all() {
    List<KeptCore> kept = new ArrayList<>();
    for (String file : files("/cores")) {
      if (file.endsWith(".truth.json")) {
        kept.add(named(file.replace(".truth.json", "")));
      }
    }
    return kept;
  }

  /// One of them.
  public static KeptCore named(String name) {
    return new KeptCore(
        name,
        new String(bytes("/cores/" + name + ".truth.json").orElseThrow(), StandardCharsets.UTF_8));
  }

  /// The core, unpacked into memory.
  public ByteSource source() {
    return ByteSource.of(name, unpacked("/cores/" + name + ".core.zst").orElseThrow());
  }

  /// The core, opened.
  public CoreFile open() throws IOException {
    return CoreFile.open(source());
  }

  /// What a tool said of it; empty where it was not asked.
  ///
  /// @param tool `gdb` or `eu-readelf`
  public Optional<String> oracle(String tool) {
    return bytes("/cores/oracle/" + name + "." + tool + ".txt")
        .map(text -> new String(text, StandardCharsets.UTF_8));
  }

  /// A word of the truth; empty where it does not tell.
  public String text(String key) {
    Matcher found = Pattern.compile("\"" + key + "\": *\"?([^\",}\n]*)").matcher(truth);
    return found.find() ? found.group(1) : "";
  }

  /// A number of the truth, decimal or hexadecimal; empty where it does not tell.
  public Optional<Long> number(String key) {
    String text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        text.startsWith("0x")
            ? Long.parseUnsignedLong(text.substring(2), 16)
            : Long.parseLong(text));
  }

  /// The registers of the fault, as far as the truth tells.
  public Map<String, Long> registers() {
    Map<String, Long> values = new LinkedHashMap<>();
    Matcher all = REGISTERS.matcher(truth);
    if (all.find()) {
      Matcher each = REGISTER.matcher(all.group(1));
      while (each.find()) {
        values.put(each.group(1), Long.parseUnsignedLong(each.group(2), 16));
      }
    }
    return values;
  }

  /// The lab's kept executables, found by build-id.
  public static Executables executables() {
    List<ElfImage> images = new ArrayList<>();
    for (String file : files("/cores/executables")) {
      byte[] bytes = unpacked("/cores/executables/" + file).orElseThrow();
      try {
        images.add(ElfImage.open(ByteSource.of(file, bytes)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return loaded ->
        images.stream()
            .filter(image -> image.buildId().isPresent())
            .filter(image -> image.buildId().equals(loaded.buildId()))
            .findFirst();
  }

  /// A kept executable.
  public static ElfImage executable(String name) throws IOException {
    byte[] bytes = unpacked("/cores/executables/" + name + ".zst").orElseThrow();
    return ElfImage.open(ByteSource.of(name, bytes));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Optional<byte[]> bytes(String resource) {
    try (InputStream in = CrashLab.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<byte[]> unpacked(String resource) {
    try (InputStream in = CrashLab.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      try (InputStream plain = new ZstdInputStream(in)) {
        return Optional.of(plain.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The names in one of the lab's directories, sorted; it lies beside the lab's classes, or in its
  /// jar.
  private static List<String> files(String directory) {
    try {
      URI place =
          Objects.requireNonNull(CrashLab.class.getResource("/cores/PROVENANCE.txt")).toURI();
      if (!place.getScheme().equals("jar")) {
        return names(
            Objects.requireNonNull(Path.of(place).getParent())
                .resolveSibling(directory.substring(1)));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return names(jar.getPath(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
