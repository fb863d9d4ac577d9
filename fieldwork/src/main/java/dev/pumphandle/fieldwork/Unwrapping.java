package dev.pumphandle.fieldwork;

import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rows of one object: one for a core, one for each core in an archive.
///
/// The last row of an archive says how many there are. So a run that was killed in the middle, or a
/// member that could not be fetched, leaves an archive that is known not to be done: the next run
/// walks it again and examines what is missing.
///
/// A journal's entry whose core lies beside it in a file gives the row of that file, with what the
/// journal knows of it.
final class Unwrapping {

  /// Takes rows.
  interface Sink {
    void put(CaseRow row) throws InterruptedException;
  }

  /// Examines one specimen.
  interface Examining {
    /// Its row; empty where there is no going on.
    Optional<CaseRow> row(Specimen specimen);
  }

  private final Examination examination;
  private final Examining examining;
  private final Predicate<Specimen> seen;
  private final BooleanSupplier stopped;
  private final Sink sink;
  private final Specimen object;
  private long members;
  private boolean failed;
  private boolean over;
  private @Nullable CaseRow last;
  private @Nullable Specimen lastSeen;

  /// @param seen which members need not be examined
  /// @param stopped whether to go on with no more of them
  Unwrapping(
      Examination examination,
      Examining examining,
      Specimen object,
      Predicate<Specimen> seen,
      BooleanSupplier stopped,
      Sink sink) {
    this.examination = examination;
    this.examining = examining;
    this.object = object;
    this.seen = seen;
    this.stopped = stopped;
    this.sink = sink;
  }

  /// Hands out the rows of the object.
  ///
  /// @throws UncheckedIOException of a [StoreUnusableException], where its store is lost
  void rows() throws InterruptedException {
    Optional<Wrapped> wrapped;
    try {
      wrapped = object.access().wrapped();
    } catch (StoreUnusableException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      sink.put(examination.archive(object, "unreadable", String.valueOf(e.getMessage()), true));
      return;
    }
    if (wrapped.isEmpty()) {
      Optional<CaseRow> row = examining.row(object);
      if (row.isPresent()) {
        sink.put(row.get());
      }
      return;
    }
    try (Wrapped archive = wrapped.get()) {
      walk(archive);
    } catch (StoreUnusableException e) {
      handOn();
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      handOn();
      sink.put(examination.archive(object, "unreadable", String.valueOf(e.getMessage()), true));
    }
  }

  private void walk(Wrapped archive) throws IOException, InterruptedException {
    Optional<Specimen> member = archive.next();
    while (member.isPresent()) {
      if (over || stopped.getAsBoolean()) {
        handOn();
        return;
      }
      members++;
      if (isInside(member.get()) && seen.test(member.get())) {
        lastSeen = member.get();
      } else {
        examine(member.get());
      }
      member = archive.next();
    }
    if (over) {
      handOn();
      return;
    }
    Specimen known = lastSeen;
    if (last == null && known != null) {
      examine(known); // none was new: but the last row has to say that none is missing
    }
    CaseRow end = last;
    Optional<String> shortfall = archive.shortfall();
    if (end != null) {
      sink.put(end.toBuilder().put(IdentityColumns.ARCHIVE_MEMBERS, members).build());
    }
    if (shortfall.isPresent()) {
      sink.put(examination.archive(object, "truncated", shortfall.get(), failed));
    } else if (members == 0) {
      sink.put(
          examination.archive(object, "refused", archive.kind() + " without a core in it", false));
    }
  }

  private void examine(Specimen member) throws InterruptedException {
    Optional<CaseRow> examined = examining.row(member);
    if (examined.isEmpty()) {
      over = true;
      return;
    }
    CaseRow row =
        examined.get().toBuilder()
            .put(IdentityColumns.ARCHIVE_URI, object.uri())
            .put(IdentityColumns.ARCHIVE_VERSION, object.version())
            .build();
    failed |= row.get(IdentityColumns.OBJECT_VERSION).isEmpty();
    handOn();
    last = row;
  }

  private void handOn() throws InterruptedException {
    CaseRow before = last;
    if (before != null) {
      sink.put(before);
      last = null;
    }
  }

  private boolean isInside(Specimen member) {
    return member.uri().startsWith(object.uri() + "!/");
  }
}
