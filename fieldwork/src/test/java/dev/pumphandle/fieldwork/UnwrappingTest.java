package dev.pumphandle.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One object, several rows: none lost, none twice, and known to be done only when it is.
class UnwrappingTest {
  private static final byte[] NO_CORE = "no core".getBytes(StandardCharsets.UTF_8);

  private final Set<String> known = new HashSet<>();
  private final Set<String> broken = new HashSet<>();
  private int brokenAfter = Integer.MAX_VALUE;

  private Specimen archive(int members) {
    return new Specimen(
        "test:a",
        "a",
        7,
        "v1",
        Specimens.WRITTEN,
        Map.of(),
        new Specimen.Access() {
          @Override
          public ByteSource open() throws IOException {
            throw new IOException("an archive is walked, not opened");
          }

          @Override
          public Optional<ByteView> sidecar() {
            return Optional.empty();
          }

          @Override
          public Optional<Wrapped> wrapped() {
            return Optional.of(new Walk(members));
          }
        });
  }

  private final class Walk implements Wrapped {
    private final int members;
    private int at;

    Walk(int members) {
      this.members = members;
    }

    @Override
    public String kind() {
      return "box";
    }

    @Override
    public Optional<Specimen> next() throws IOException {
      if (at == brokenAfter) {
        throw new IOException("connection reset");
      }
      if (at == members) {
        return Optional.empty();
      }
      String name = "a!/core." + at++;
      return Optional.of(
          Specimens.of(
              name,
              7,
              () -> {
                if (broken.contains(name)) {
                  throw new IOException("connection reset");
                }
                return ByteSource.of(name, NO_CORE);
              },
              Optional.empty()));
    }

    @Override
    public Optional<String> shortfall() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  private List<CaseRow> run(int members) throws IOException {
    List<CaseRow> rows = new ArrayList<>();
    Round round =
        new Round(
            new Examination(Executables.NONE, ObjectName.usual(), false, "test"), 4, 64L << 20);
    round.run(List.of(archive(members)).iterator(), each -> known.contains(each.uri()), rows::add);
    return rows;
  }

  private static List<String> uris(List<CaseRow> rows) {
    return rows.stream().map(row -> row.get(IdentityColumns.OBJECT_URI).orElseThrow()).toList();
  }

  private static List<Long> totals(List<CaseRow> rows) {
    return rows.stream().flatMap(row -> row.get(IdentityColumns.ARCHIVE_MEMBERS).stream()).toList();
  }

  @Test
  void everyMemberIsARowAndTheLastSaysHowManyThereAre() throws IOException {
    List<CaseRow> rows = run(300);
    assertThat(uris(rows))
        .containsExactlyElementsOf(
            IntStream.range(0, 300).mapToObj(i -> "test:a!/core." + i).toList());
    assertThat(totals(rows)).containsExactly(300L);
    assertThat(rows.getLast().get(IdentityColumns.ARCHIVE_MEMBERS)).isPresent();
    assertThat(rows)
        .allMatch(row -> row.get(IdentityColumns.ARCHIVE_URI).equals(Optional.of("test:a")))
        .allMatch(row -> row.get(IdentityColumns.ARCHIVE_VERSION).equals(Optional.of("v1")));
  }

  @Test
  void whatAKilledRunLeftOutIsExaminedAndNothingElse() throws IOException {
    known.addAll(List.of("test:a!/core.0", "test:a!/core.1", "test:a!/core.3"));
    List<CaseRow> rows = run(5);
    assertThat(uris(rows)).containsExactly("test:a!/core.2", "test:a!/core.4");
    assertThat(totals(rows)).containsExactly(5L);
  }

  @Test
  void anArchiveWhoseMembersAreAllKnownButNotHowManyGetsThatToo() throws IOException {
    known.addAll(List.of("test:a!/core.0", "test:a!/core.1"));
    List<CaseRow> rows = run(2);
    assertThat(uris(rows)).containsExactly("test:a!/core.1");
    assertThat(totals(rows)).containsExactly(2L);
  }

  @Test
  void aMemberThatCannotBeFetchedIsARowWithoutAVersion() throws IOException {
    broken.add("a!/core.1");
    List<CaseRow> rows = run(3);
    assertThat(uris(rows)).hasSize(3);
    assertThat(rows.get(1).get(IdentityColumns.OBJECT_VERSION)).isEmpty();
    assertThat(rows.get(2).get(IdentityColumns.OBJECT_VERSION)).isPresent();
  }

  @Test
  void aWalkThatBreaksOffHandsOnWhatItHadAndCanBeTriedAgain() throws IOException {
    brokenAfter = 2;
    List<CaseRow> rows = run(5);
    assertThat(uris(rows)).containsExactly("test:a!/core.0", "test:a!/core.1", "test:a");
    assertThat(totals(rows)).isEmpty();
    assertThat(rows.getLast().get(IdentityColumns.OBJECT_VERSION)).isEmpty();
    assertThat(rows.getLast().get(IdentityColumns.READ_PROBLEM).orElseThrow())
        .contains("connection reset");
  }

  @Test
  void anEmptyArchiveIsOneRow() throws IOException {
    List<CaseRow> rows = run(0);
    assertThat(uris(rows)).containsExactly("test:a");
    assertThat(rows.getFirst().get(IdentityColumns.READ_STATE)).contains("refused");
    assertThat(rows.getFirst().get(IdentityColumns.OBJECT_VERSION)).contains("v1");
  }
}
