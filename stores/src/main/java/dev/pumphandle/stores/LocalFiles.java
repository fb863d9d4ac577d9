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
import org.jspecify.annotations.Nullable;

/// Files and directories of this machine.
///
/// Directories are walked to the bottom. A symbolic link is followed, unless it leads into the tree
/// that is being walked: what it points to is listed where it lies, so no object is listed twice
/// and no loop is walked for ever. Files named `*.json` in a directory are sidecars, not cores,
/// unless they are called after the journal.
/// Devices, pipes and sockets are never opened.
public final class LocalFiles implements Store {
  private record Root(String place, Path path) {}

  private final Path directory;
  private volatile @Nullable Root lastRoot;

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
    Root root = new Root(place, given.toRealPath());
    lastRoot = root;
    LocalWalk walk = new LocalWalk(root.path);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                walk, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT),
            false)
        .onClose(walk::close);
  }

  @Override
  public String nameBelow(String place, String uri) throws IOException {
    Path root = root(place);
    Path file = path(uri);
    boolean below = file.startsWith(root) && !file.equals(root);
    return (below ? root.relativize(file) : file.getFileName()).toString();
  }

  /// The real path of a place; asked for each object below it.
  private Path root(String place) throws IOException {
    Root known = lastRoot;
    if (known == null || !known.place.equals(place)) {
      known = new Root(place, path(place).toRealPath());
      lastRoot = known;
    }
    return known.path;
  }

  /// The path that a user's word or a `file:` URI names.
  ///
  /// @throws IOException where no path can be made of it
  private Path path(String place) throws IOException {
    try {
      if (place.startsWith("file:///") && LocalFile.isOrdinary(place.substring(7))) {
        return Path.of(place.substring(7));
      }
      return place.startsWith("file:") ? Path.of(URI.create(place)) : directory.resolve(place);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IOException(place + ": not a path, expected a file, a directory or a file: URI", e);
    }
  }
}
