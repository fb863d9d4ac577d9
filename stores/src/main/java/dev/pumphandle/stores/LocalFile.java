package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.FileSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// One local file as an object of a store.
///
/// @param path where it lies
record LocalFile(Path path) implements StoredObject.Access {
  private static final int LARGEST_SIDECAR = 1 << 20;
  private static final String COREDUMP = "coredump.";
  private static final Pattern PACKED = Pattern.compile("\\.(zst|gz|xz|lz4|bz2)$");

  /// A path without a character that a URI spells otherwise. Source: RFC 3986 §2.3, unreserved.
  private static final Pattern ORDINARY = Pattern.compile("[/A-Za-z0-9._~-]*");

  /// What a file's inode says.
  ///
  /// @param kind what it is
  /// @param bytes its size (bytes)
  /// @param modified when it was last written
  /// @param inode its number
  record Attributes(Kind kind, long bytes, FileTime modified, String inode) {
    enum Kind {
      FILE,
      DIRECTORY,
      SPECIAL
    }

    /// One `stat`.
    static Attributes of(Path path) throws IOException {
      return of(Files.readAttributes(path, BasicFileAttributes.class));
    }

    /// One `stat` of what has this name itself; empty where it is a symbolic link.
    static Optional<Attributes> unlessLink(Path path) throws IOException {
      BasicFileAttributes basic =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return basic.isSymbolicLink() ? Optional.empty() : Optional.of(of(basic));
    }

    private static Attributes of(BasicFileAttributes basic) {
      Kind kind =
          basic.isRegularFile() ? Kind.FILE : basic.isDirectory() ? Kind.DIRECTORY : Kind.SPECIAL;
      return new Attributes(kind, basic.size(), basic.lastModifiedTime(), inode(basic));
    }

    /// The JDK says `(dev=fe01,ino=1234)`. The device is left out of versions, because network
    /// and container file systems get another number at each mount.
    private static String inode(BasicFileAttributes basic) {
      String key = String.valueOf(basic.fileKey());
      int from = key.lastIndexOf('=');
      return from < 0 ? "" : key.substring(from + 1, key.length() - 1);
    }

    /// Size, time in nanoseconds and inode: a file written anew differs in one of them.
    String version() {
      return bytes + "-" + modified.to(TimeUnit.NANOSECONDS) + "-" + inode;
    }
  }

  static StoredObject object(Path path, Attributes attributes) {
    return new StoredObject(
        uri(path),
        attributes.bytes(),
        attributes.version(),
        attributes.modified().toInstant(),
        metadata(path),
        new LocalFile(path));
  }

  /// The URI of a file that is no directory. The JDK looks at the file once more to learn that, so
  /// an ordinary path is spelled out here.
  private static String uri(Path file) {
    String path = file.toString();
    return file.isAbsolute() && isOrdinary(path) ? "file://" + path : file.toUri().toString();
  }

  /// Whether a URI spells a path as it is.
  static boolean isOrdinary(String path) {
    return ORDINARY.matcher(path).matches();
  }

  @Override
  public ByteSource raw() throws IOException {
    return FileSource.open(path);
  }

  @Override
  public Optional<ByteView> sidecar() throws IOException {
    String name = path.getFileName().toString();
    String bare = PACKED.matcher(name).replaceFirst("");
    for (String candidate : bare.equals(name) ? List.of(name) : List.of(name, bare)) {
      Path beside = path.resolveSibling(candidate + ".json");
      if (Files.isRegularFile(beside)) {
        if (Files.size(beside) > LARGEST_SIDECAR) {
          throw new IOException(
              beside
                  + ": expected a sidecar of at most 1 MiB, found "
                  + Files.size(beside)
                  + " bytes");
        }
        return Optional.of(ByteView.of(Files.readAllBytes(beside)));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<StoredObject> beside(String name) throws IOException {
    if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0 || name.startsWith("..")) {
      return Optional.empty(); // a name that an archive gave: it leads nowhere else
    }
    Path other = path.resolveSibling(name);
    return Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(object(other, Attributes.of(other)))
        : Optional.empty();
  }

  /// What systemd-coredump writes beside the bytes, as `coredump.hostname` and so on.
  ///
  /// Source: systemd v256 src/coredump/coredump.c, fix_xattr():
  /// user.coredump.{pid,uid,gid,signal,timestamp,rlimit, hostname,comm,exe}. Lost when a core is
  /// copied without its attributes.
  private static Map<String, String> metadata(Path path) {
    Map<String, String> found = new HashMap<>();
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
      for (String name : view == null ? List.<String>of() : view.list()) {
        if (name.startsWith(COREDUMP) && view.size(name) <= 4096) {
          ByteBuffer value = ByteBuffer.allocate(4096);
          view.read(name, value);
          found.put(name, StandardCharsets.UTF_8.decode(value.flip()).toString());
        }
      }
    } catch (IOException | UnsupportedOperationException _) {
      // A file system without attributes: the same as a file that has none.
      return Map.of();
    }
    return found;
  }
}
