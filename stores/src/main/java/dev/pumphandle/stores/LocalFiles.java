package dev.pumphandle.stores;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Files and directories of this machine.
///
/// Directories are walked to the bottom. A symbolic link is followed, unless it leads into the tree
/// that is being walked: what it points to is listed where it lies, so no object is listed twice
/// and no loop is walked for ever. Files named `*.json` in a directory are sidecars, not cores,
/// unless they are called after the journal.
/// Devices, pipes and sockets are never opened.
public final class LocalFiles implements Store {
  private final Path directory;

  /// The files of this machine.
  ///
  /// @param directory what relative paths are relative to
  public LocalFiles(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  @Override
  public Stream<Listed> list(String place) throws IOException {
    Path given = path(place);
    if (!Files.exists(given, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(place);
    }
    LocalWalk walk = new LocalWalk(given.toRealPath());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                walk, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT),
            false)
        .onClose(walk::close);
  }

  @Override
  public String nameBelow(String place, String uri) throws IOException {
    Path root = path(place).toRealPath();
    Path file = path(uri);
    boolean below = file.startsWith(root) && !file.equals(root);
    return (below ? root.relativize(file) : file.getFileName()).toString();
  }

  /// The path that a user's word or a `file:` URI names.
  ///
  /// @throws IOException where no path can be made of it
  private Path path(String place) throws IOException {
    try {
      return place.startsWith("file:") ? Path.of(URI.create(place)) : directory.resolve(place);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IOException(place + ": not a path, expected a file, a directory or a file: URI", e);
    }
  }
}
