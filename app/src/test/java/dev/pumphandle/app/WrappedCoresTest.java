package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.Examination;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.lab.forge.ForgedPatients;
import dev.pumphandle.lab.forge.HostileFile;
import dev.pumphandle.lab.forge.HostileFiles;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.stores.Contents;
import dev.pumphandle.stores.StoredObject;
import dev.pumphandle.stores.archive.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The row of a core is the same however the core is wrapped, but for what the wrapping is.
class WrappedCoresTest {
  private static final Instant WRITTEN = Instant.parse("2026-06-01T12:00:00Z");
  private static final long SCAN_LIMIT = 256L << 20;

  private static final Examination EXAMINATION =
      new Examination(Executables.NONE, ObjectName.usual(), false, "test");

  /// What is about the object, not about the core.
  private static final List<Column<?>> OF_THE_OBJECT =
      List.of(
          IdentityColumns.OBJECT_BYTES,
          IdentityColumns.BYTES_READ,
          IdentityColumns.REQUESTS,
          IdentityColumns.COLLECTED_AT);

  enum Wrapping {
    ZSTD {
      @Override
      byte[] wrap(byte[] core) {
        return Zstd.compress(core);
      }
    },
    FRAMES_OF_ZSTD {
      @Override
      byte[] wrap(byte[] core) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int from = 0; from < core.length; from += 5003) {
          frames.write(Zstd.compress(Arrays.copyOfRange(core, from, end(core, from, 5003))));
        }
        return frames.toByteArray();
      }
    },
    MEMBERS_OF_GZIP {
      @Override
      byte[] wrap(byte[] core) throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int from = 0; from == 0 || from < core.length; from += 100_000) {
          try (OutputStream member = new GZIPOutputStream(members)) {
            member.write(Arrays.copyOfRange(core, from, end(core, from, 100_000)));
          }
        }
        return members.toByteArray();
      }
    };

    abstract byte[] wrap(byte[] core) throws IOException;

    private static int end(byte[] core, int from, int length) {
      return Math.min(core.length, from + length);
    }
  }

  private static CaseRow row(byte[] stored) {
    StoredObject object =
        new StoredObject(
            "test:core",
            stored.length,
            "1",
            WRITTEN,
            Map.of(),
            new StoredObject.Access() {
              @Override
              public ByteSource raw() {
                return ByteSource.of("test:core", stored);
              }

              @Override
              public Optional<ByteView> sidecar() {
                return Optional.empty();
              }
            });
    Specimen specimen =
        new Specimen(
            object.uri(),
            "core",
            stored.length,
            "1",
            WRITTEN,
            Map.of(),
            new Specimen.Access() {
              @Override
              public ByteSource open() throws IOException {
                return switch (object.contents(Limits.of(SCAN_LIMIT))) {
                  case Contents.One(var bytes) -> bytes;
                  case Contents.Several(var archive) -> throw new IOException(archive.kind());
                };
              }

              @Override
              public Optional<ByteView> sidecar() {
                return Optional.empty();
              }
            });
    CaseRow.Builder facts = EXAMINATION.of(specimen).toBuilder();
    OF_THE_OBJECT.forEach(facts::remove);
    return facts.build();
  }

  @ParameterizedTest
  @EnumSource(Wrapping.class)
  void everyForgedPatient(Wrapping wrapping) throws IOException {
    for (var patient : ForgedPatients.all()) {
      byte[] core = patient.bytes();
      assertThat(row(wrapping.wrap(core))).as(patient.name()).isEqualTo(row(core));
    }
  }

  @ParameterizedTest
  @EnumSource(Wrapping.class)
  void everyCutCore(Wrapping wrapping) throws IOException {
    for (HostileFile cut : (Iterable<HostileFile>) HostileFiles.cutCores()::iterator) {
      byte[] core = cut.core().bytes();
      assertThat(sorted(row(wrapping.wrap(core)))).as(cut.name()).isEqualTo(sorted(row(core)));
    }
  }

  /// That a stream is cut is found out later than that a file is: the order of what was odd may
  /// differ.
  private static CaseRow sorted(CaseRow row) {
    return row.get(IdentityColumns.ANOMALIES)
        .map(odd -> row.toBuilder().put(IdentityColumns.ANOMALIES, odd.stream().sorted().toList()))
        .map(CaseRow.Builder::build)
        .orElse(row);
  }
}
