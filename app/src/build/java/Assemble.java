import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Puts a runnable Pumphandle together: `lib/*.jar`, `native/*.so`, the class path in one line, and
/// the launcher.
///
/// Run by the build (`app/pom.xml`, phase package) as a single source file: `java Assemble.java
/// TARGET LAUNCHER APP_JAR CLASS_PATH`. The new directory is made beside the old one and then takes
/// its name, so that a Pumphandle which is running keeps the files it has open.
///
/// Two jars are changed on the way. DuckDB's carries its 72 MB library for four platforms and would
/// unpack one of them at each start: this platform's library goes to `native/` instead, where
/// `-Djava.library.path` finds it. Picocli's classes are of a format (Java 5) that the JDK's
/// ahead-of-time cache refuses: they are given stack maps and the format of Java 8.
void main(String[] args) throws IOException {
  if (args.length != 4) {
    throw new IllegalArgumentException("usage: Assemble TARGET LAUNCHER APP_JAR CLASS_PATH");
  }
  Path target = Path.of(args[0]);
  Path fresh = target.resolveSibling(target.getFileName() + ".new");
  deleteTree(fresh);
  Path lib = Files.createDirectories(fresh.resolve("lib"));
  Path natives = Files.createDirectories(fresh.resolve("native"));

  List<Path> jars = new ArrayList<>();
  jars.add(Path.of(args[2]));
  for (String entry : args[3].split(java.io.File.pathSeparator)) {
    if (entry.endsWith(".jar") && !jars.contains(Path.of(entry))) {
      jars.add(Path.of(entry));
    }
  }
  List<String> names = new ArrayList<>();
  for (Path jar : jars) {
    String name = jar.getFileName().toString();
    Path to = lib.resolve(name);
    if (name.startsWith("duckdb_jdbc")) {
      withoutNatives(jar, to, natives);
    } else if (name.startsWith("picocli")) {
      modernised(jar, to);
    } else {
      Files.copy(jar, to);
    }
    names.add(name);
  }
  Files.writeString(fresh.resolve("classpath"), String.join("\n", names) + "\n");
  Path launcher = fresh.resolve("pumphandle");
  Files.copy(Path.of(args[1]), launcher, StandardCopyOption.COPY_ATTRIBUTES);

  Path old = target.resolveSibling(target.getFileName() + ".old");
  deleteTree(old);
  if (Files.exists(target)) {
    Files.move(target, old);
  }
  Files.move(fresh, target);
  deleteTree(old);
}

/// Copies a jar without the libraries `libduckdb_java.so_<system>_<processor>`, and puts this
/// platform's into `natives` under the name that `System.loadLibrary` looks for.
void withoutNatives(Path jar, Path to, Path natives) throws IOException {
  String processor =
      switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
        case "amd64", "x86_64" -> "amd64";
        case "aarch64", "arm64" -> "arm64";
        case String other -> other;
      };
  String wanted = "libduckdb_java.so_linux_" + processor;
  boolean found = false;
  try (ZipFile zip = new ZipFile(jar.toFile());
      ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
    for (ZipEntry entry : entries(zip)) {
      if (entry.getName().equals(wanted)) {
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, natives.resolve("libduckdb_java.so"));
        }
        found = true;
      } else if (!entry.getName().startsWith("libduckdb_java.so")) {
        copy(zip, entry, out);
      }
    }
  }
  if (!found) {
    throw new IOException(jar + ": no " + wanted + " inside; DuckDB is not built for this platform");
  }
}

/// Copies a jar with every class rewritten to the class file format of Java 8 (52), stack maps
/// included.
void modernised(Path jar, Path to) throws IOException {
  Map<String, byte[]> classes = new LinkedHashMap<>();
  try (ZipFile zip = new ZipFile(jar.toFile());
      ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
    for (ZipEntry entry : entries(zip)) {
      if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
        try (InputStream in = zip.getInputStream(entry)) {
          classes.put(entry.getName(), in.readAllBytes());
        }
      } else if (!entry.getName().endsWith("module-info.class")) {
        copy(zip, entry, out);
      }
    }
    ClassHierarchyResolver ofTheJar =
        ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String descriptor = type.descriptorString();
              byte[] bytes =
                  classes.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
              return bytes == null ? null : new java.io.ByteArrayInputStream(bytes);
            });
    ClassFile format =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.DeadCodeOption.PATCH_DEAD_CODE,
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(
                ofTheJar.orElse(ClassHierarchyResolver.defaultResolver())));
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      var model = format.parse(each.getValue());
      byte[] rewritten =
          format.transformClass(
              model,
              (builder, element) -> {
                switch (element) {
                  case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                  // Taken apart and put together again: code copied whole would be copied without
                  // stack maps.
                  case MethodModel method ->
                      builder.transformMethod(
                          method, MethodTransform.transformingCode((code, part) -> code.with(part)));
                  default -> builder.with(element);
                }
              });
      ZipEntry entry = new ZipEntry(each.getKey());
      entry.setTime(0);
      out.putNextEntry(entry);
      out.write(rewritten);
    }
  }
}

List<ZipEntry> entries(ZipFile zip) {
  return zip.stream().<ZipEntry>map(entry -> entry).toList();
}

void copy(ZipFile zip, ZipEntry entry, ZipOutputStream out) throws IOException {
  ZipEntry copy = new ZipEntry(entry.getName());
  copy.setTime(entry.getTime());
  out.putNextEntry(copy);
  try (InputStream in = zip.getInputStream(entry)) {
    in.transferTo(out);
  }
}

void deleteTree(Path root) throws IOException {
  if (!Files.exists(root)) {
    return;
  }
  Files.walkFileTree(
      root,
      new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
            throws IOException {
          Files.delete(file);
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException problem)
            throws IOException {
          Files.delete(directory);
          return FileVisitResult.CONTINUE;
        }
      });
}
