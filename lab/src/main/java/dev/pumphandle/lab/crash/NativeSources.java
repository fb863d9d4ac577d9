package dev.pumphandle.lab.crash;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The patients' sources as they stand in the jar under `native/`.
///
/// @param files text by file name
record NativeSources(Map<String, String> files) {

  NativeSources {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /// Reads `programs.txt` and every source that it names.
  ///
  /// @throws IOException when the jar lacks one of them
  static NativeSources read() throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put("programs.txt", resource("programs.txt"));
    files.put("patient.h", resource("patient.h"));
    for (String name : sourceNames(Programs.parse(resource("programs.txt"))))
      files.put(name, resource(name));
    return new NativeSources(files);
  }

  private static Set<String> sourceNames(Programs programs) {
    Set<String> names = new TreeSet<>();
    programs.programs().values().forEach(p -> names.addAll(p.sources()));
    return names;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = NativeSources.class.getResourceAsStream("/native/" + name)) {
      if (in == null) throw new FileNotFoundException("native/" + name + ": not in the lab's jar");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Programs programs() {
    return Programs.parse(files.getOrDefault("programs.txt", ""));
  }

  /// A short name of exactly this content and of the compiler that will read it.
  String fingerprint(String compiler) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(compiler.getBytes(StandardCharsets.UTF_8));
      files.forEach(
          (name, text) -> digest.update((name + "\0" + text).getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Writes the files into a directory, which is made.
  void unpack(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : files.entrySet())
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
  }
}
