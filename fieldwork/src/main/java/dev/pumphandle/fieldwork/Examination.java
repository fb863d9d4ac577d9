package dev.pumphandle.fieldwork;

import dev.pumphandle.corefile.Anomaly;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreFormatException;
import dev.pumphandle.corefile.LayeredSource;
import dev.pumphandle.corefile.MalformedCoreException;
import dev.pumphandle.corefile.MeteredSource;
import dev.pumphandle.corefile.NotACoreException;
import dev.pumphandle.corefile.SourceChangedException;
import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.corefile.TruncatedCoreException;
import dev.pumphandle.corefile.UnsupportedCoreException;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.exam.Autopsy;
import dev.pumphandle.fieldwork.handler.Handler;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.fieldwork.name.Sidecar;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The examination of one object: whatever it is, one row comes of it.
///
/// A core that can be read gives a row of facts. One that is cut short gives as many as are there.
/// A file of another kind gives a row that names the kind; one that makes no sense, or that cannot
/// be fetched, a row that says what was wrong and where. Nothing is thrown for what an object
/// holds.
public final class Examination {

  /// How often an object that is written anew while it is read is begun again.
  private static final int RENEWALS = 3;

  private final Executables executables;
  private final ObjectName names;
  private final boolean retainWords;
  private final String version;

  /// An examination with these means; safe for many threads.
  ///
  /// @param executables who can give the files that a core names, by build-id
  /// @param names how object names are read
  /// @param retainWords whether words of memory that may be people's data are kept
  /// @param version which Pumphandle this is
  public Examination(
      Executables executables, ObjectName names, boolean retainWords, String version) {
    this.executables = executables;
    this.names = names;
    this.retainWords = retainWords;
    this.version = version;
  }

  /// Examines one object.
  ///
  /// One that is written anew meanwhile is examined anew from the start, so that no row is of two
  /// versions.
  ///
  /// @throws UncheckedIOException of a [StoreUnusableException], where nothing can be had from its
  ///   store any more: that is no fact about the object
  public CaseRow of(Specimen specimen) {
    Specimen now = specimen;
    for (int again = 0; again < RENEWALS; again++) {
      try {
        return once(now);
      } catch (SourceChangedException e) {
        Optional<Specimen> renewed = renewed(now);
        if (renewed.isEmpty()) {
          return unreadable(now, now.uri() + ": has gone since it was listed");
        }
        now = renewed.get();
      }
    }
    return unreadable(now, now.uri() + ": written anew " + RENEWALS + " times while it was read");
  }

  private CaseRow once(Specimen specimen) throws SourceChangedException {
    CaseRow.Builder row = begun(specimen);
    List<String> anomalies = new ArrayList<>();
    try {
      read(specimen, row, anomalies);
      Handler.testify(specimen, row, anomalies);
      names.fill(specimen, row, anomalies);
      Sidecar.fill(specimen, row, anomalies);
    } catch (StoreUnusableException e) {
      throw new UncheckedIOException(e);
    }
    costAsTold(specimen, row);
    if (!anomalies.isEmpty()) {
      row.put(IdentityColumns.ANOMALIES, List.copyOf(anomalies));
    }
    return row.build();
  }

  /// A store that counts its requests knows the cost better than whoever asked for ranges.
  private static void costAsTold(Specimen specimen, CaseRow.Builder row) {
    Specimen.Told told = specimen.access().told();
    if (told.requests() > 0) {
      row.put(IdentityColumns.BYTES_READ, told.bytes());
      row.put(IdentityColumns.REQUESTS, told.requests());
    }
  }

  private static Optional<Specimen> renewed(Specimen specimen) {
    try {
      return specimen.access().renewed();
    } catch (StoreUnusableException e) {
      throw new UncheckedIOException(e);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Without a version, so that the next run looks again.
  private CaseRow unreadable(Specimen specimen, String problem) {
    CaseRow.Builder row = begun(specimen);
    row.remove(IdentityColumns.OBJECT_VERSION);
    state(row, "unreadable", problem);
    return row.build();
  }

  /// The row of an object whose examination failed by a fault of ours.
  CaseRow failed(Specimen specimen, Throwable problem) {
    CaseRow.Builder row = begun(specimen);
    state(row, "unreadable", specimen.uri() + ": " + problem + "; a bug of ours");
    return row.build();
  }

  /// The row of an archive that has none of its members' rows to show for itself, or not all.
  ///
  /// @param again whether another try may help: then the row has no version
  CaseRow archive(Specimen specimen, String state, String problem, boolean again) {
    CaseRow.Builder row = begun(specimen);
    if (again) {
      row.remove(IdentityColumns.OBJECT_VERSION);
    }
    state(row, state, specimen.uri() + ": " + problem);
    row.put(IdentityColumns.OBSERVED_AT, specimen.modifiedAt());
    row.put(IdentityColumns.OBSERVED_AT_FROM, "object");
    return row.build();
  }

  private CaseRow.Builder begun(Specimen specimen) {
    return CaseRow.builder()
        .put(IdentityColumns.CASE_ID, caseId(specimen.uri()))
        .put(IdentityColumns.OBJECT_URI, specimen.uri())
        .put(IdentityColumns.OBJECT_BYTES, specimen.bytes())
        .put(IdentityColumns.OBJECT_VERSION, specimen.version())
        .put(IdentityColumns.COLLECTED_AT, Instant.now())
        .put(IdentityColumns.PUMPHANDLE_VERSION, version);
  }

  /// The id of an object's row: the same for every version of the object, wherever it is collected.
  public static String caseId(String uri) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(uri.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void read(Specimen specimen, CaseRow.Builder row, List<String> anomalies)
      throws SourceChangedException, StoreUnusableException {
    row.put(IdentityColumns.BYTES_READ, 0L).put(IdentityColumns.REQUESTS, 0L);
    try (ByteSource source = specimen.access().open()) {
      MeteredSource metered = new MeteredSource(source);
      try {
        core(metered, row, anomalies);
      } catch (CoreFormatException e) {
        state(row, state(e), message(e));
      } finally {
        cost(metered, source, row);
      }
      if (source instanceof LayeredSource layered) {
        layered.shortfall().ifPresent(why -> fellShort(row, specimen.uri(), why));
      }
    } catch (SourceChangedException | StoreUnusableException e) {
      throw e;
    } catch (NoCoreException e) {
      state(row, e.isRefused() ? "refused" : "unreadable", specimen.uri() + ": " + message(e));
    } catch (IOException e) {
      // Not the object's fault, perhaps: without a version the next run tries again.
      row.remove(IdentityColumns.OBJECT_VERSION);
      state(row, "unreadable", specimen.uri() + ": " + message(e));
    } catch (StackOverflowError e) {
      state(row, "unreadable", specimen.uri() + ": examining it went too deep; a bug of ours");
    }
  }

  /// What the row cost: below the layers, where there are any.
  private static void cost(MeteredSource metered, ByteSource source, CaseRow.Builder row) {
    if (source instanceof LayeredSource layered) {
      row.put(IdentityColumns.BYTES_READ, layered.bytesFetched());
      row.put(IdentityColumns.REQUESTS, (long) layered.fetches());
    } else {
      row.put(IdentityColumns.BYTES_READ, metered.bytesRead());
      row.put(IdentityColumns.REQUESTS, (long) metered.requests());
    }
  }

  /// A compressed core that ends early ends so for a reason that only its source knows.
  private static void fellShort(CaseRow.Builder row, String uri, String why) {
    Optional<String> known = row.get(IdentityColumns.READ_PROBLEM);
    String state = row.get(IdentityColumns.READ_STATE).orElse("complete");
    state(
        row,
        state.equals("complete") ? "truncated" : state,
        known.map(problem -> problem + "; " + why).orElse(uri + ": " + why));
  }

  private void core(ByteSource source, CaseRow.Builder row, List<String> anomalies)
      throws IOException {
    CoreFile core = CoreFile.open(source);
    for (Anomaly anomaly : core.anomalies()) {
      anomalies.add(anomaly.toString());
    }
    row.put(IdentityColumns.READ_STATE, "complete");
    if (core.truncated()) {
      truncated(row, core, source.length());
    }
    new Autopsy(executables, retainWords).of(core, row, anomalies);
    // A stream tells how long it is only now.
    Optional<Anomaly> cut = core.cutLater();
    if (cut.isPresent()) {
      anomalies.add(cut.get().toString());
      truncated(row, core, source.length());
    }
  }

  private static void truncated(CaseRow.Builder row, CoreFile core, long found) {
    state(
        row,
        "truncated",
        core.source().name()
            + ": expected "
            + core.declaredLength()
            + " bytes as its program headers say, found "
            + found);
  }

  private static String state(CoreFormatException problem) {
    return switch (problem) {
      case NotACoreException _, UnsupportedCoreException _ -> "refused";
      case TruncatedCoreException _, MalformedCoreException _ -> "unreadable";
    };
  }

  private static void state(CaseRow.Builder row, String state, String problem) {
    row.put(IdentityColumns.READ_STATE, state);
    row.put(IdentityColumns.READ_PROBLEM, problem);
  }

  private static String message(IOException problem) {
    String message = problem.getMessage();
    if (message == null) {
      return problem.getClass().getSimpleName();
    }
    return switch (problem) {
      case AccessDeniedException _ -> message + ": permission denied";
      case NoSuchFileException _ -> message + ": no such file or directory";
      default -> message;
    };
  }
}
