package dev.pumphandle.stores;

import dev.pumphandle.stores.Listed.Unlisted;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/// One walk over a tree of local files, an element at a time: holds one open directory per level,
/// and no list of names.
final class LocalWalk implements Iterator<Listed>, AutoCloseable {
  private record Level(DirectoryStream<Path> open, Iterator<Path> entries) {}

  private final Path root;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Set<Path> reachedByLink = new HashSet<>();
  private Optional<Listed> next;

  /// A walk over `root`, which is a real path: without symbolic links.
  LocalWalk(Path root) {
    this.root = root;
    this.next = visited(root, true);
    if (next.isEmpty()) {
      advance();
    }
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public Listed next() {
    Listed found = next.orElseThrow(NoSuchElementException::new);
    next = Optional.empty();
    advance();
    return found;
  }

  private void advance() {
    while (next.isEmpty() && !levels.isEmpty()) {
      Level level = levels.peek();
      try {
        if (level.entries().hasNext()) {
          next = visited(level.entries().next(), false);
        } else {
          levels.pop().open().close();
        }
      } catch (DirectoryIteratorException | IOException e) {
        levels.pop();
        next =
            Optional.of(
                new Unlisted(root.toUri().toString(), "listing broke off: " + e.getMessage()));
      }
    }
  }

  /// What `path` is: an object, a complaint, or nothing to hand out (a directory was entered, a
  /// sidecar skipped).
  private Optional<Listed> visited(Path path, boolean named) {
    try {
      Path real = path;
      Optional<LocalFile.Attributes> own = LocalFile.Attributes.unlessLink(path);
      if (own.isEmpty()) {
        real = path.toRealPath();
        if (real.startsWith(root) || !reachedByLink.add(real)) {
          return Optional.empty();
        }
      }
      if (!named && Sidecars.isOne(real.getFileName().toString())) {
        return Optional.empty();
      }
      LocalFile.Attributes attributes = own.isPresent() ? own.get() : LocalFile.Attributes.of(real);
      return switch (attributes.kind()) {
        case FILE -> Optional.of(LocalFile.object(real, attributes));
        case DIRECTORY -> {
          enter(real);
          yield Optional.empty();
        }
        case SPECIAL ->
            Optional.of(new Unlisted(uri(path), "a device, pipe or socket, expected a file"));
      };
    } catch (NoSuchFileException _) {
      // A dangling link, or a file removed since it was listed. Only the first is worth a word.
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(new Unlisted(uri(path), "a link to nothing"))
          : Optional.empty();
    } catch (AccessDeniedException _) {
      return Optional.of(new Unlisted(uri(path), "permission denied"));
    } catch (IOException e) {
      return Optional.of(new Unlisted(uri(path), String.valueOf(e.getMessage())));
    }
  }

  @SuppressWarnings("StreamResourceLeak") // closed when the level has been walked, or with the walk
  private void enter(Path directory) throws IOException {
    DirectoryStream<Path> open = Files.newDirectoryStream(directory);
    levels.push(new Level(open, open.iterator()));
  }

  private static String uri(Path path) {
    return path.toUri().toString();
  }

  @Override
  public void close() {
    for (Level level : levels) {
      try {
        level.open().close();
      } catch (IOException _) {
        // Only names were read; nothing is lost with a directory that does not close.
      }
    }
    levels.clear();
  }
}
