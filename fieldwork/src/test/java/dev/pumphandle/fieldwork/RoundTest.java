package dev.pumphandle.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many objects at once: bounded, stoppable, none lost.
class RoundTest {

  private static final byte[] NO_CORE = "no core".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private static Round round(int jobs) {
    return new Round(
        new Examination(Executables.NONE, ObjectName.usual(), false, "test"), jobs, 64L << 20);
  }

  private static Iterator<Specimen> specimens(int count) {
    return IntStream.range(0, count).mapToObj(i -> Specimens.of("core." + i, NO_CORE)).iterator();
  }

  private static String uri(CaseRow row) {
    return row.get(IdentityColumns.OBJECT_URI).orElseThrow();
  }

  @Test
  void everyObjectComesBackAsOneRow() throws IOException {
    List<String> uris = new ArrayList<>();
    Round round = round(8);
    round.run(specimens(500), _ -> false, row -> uris.add(uri(row)));
    assertThat(uris).hasSize(500).doesNotHaveDuplicates();
    assertThat(round.progress().now().done()).isEqualTo(500);
    assertThat(round.progress().now().states()).containsEntry("refused", 500L);
  }

  @Test
  void whatIsKnownIsPassedOverUnopened() throws IOException {
    List<String> uris = new ArrayList<>();
    AtomicInteger opened = new AtomicInteger();
    Iterator<Specimen> all =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    Specimens.of(
                        "core." + i,
                        7,
                        () -> {
                          opened.incrementAndGet();
                          return ByteSource.of("core", NO_CORE);
                        },
                        Optional.empty()))
            .iterator();
    Round round = round(4);
    round.run(all, s -> !s.uri().endsWith("0"), row -> uris.add(uri(row)));
    assertThat(uris).hasSize(10);
    assertThat(opened).hasValue(10);
    assertThat(round.progress().now().passedOver()).isEqualTo(90);
  }

  @Test
  void noMoreRunAtOnceThanJobsAllow() throws IOException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Iterator<Specimen> all =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    Specimens.of(
                        "core." + i,
                        7,
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          try {
                            Thread.sleep(5);
                          } catch (InterruptedException e) {
                            throw new IOException(e);
                          } finally {
                            now.decrementAndGet();
                          }
                          return ByteSource.of("core", NO_CORE);
                        },
                        Optional.empty()))
            .iterator();
    round(3).run(all, _ -> false, _ -> {});
    assertThat(most.get()).isBetween(2, 3);
  }

  @Test
  void stoppedItHandsOnWhatIsFinishedAndBeginsNothingNew() throws Exception {
    List<String> uris = new ArrayList<>();
    AtomicInteger begun = new AtomicInteger();
    Round round = round(2);
    Iterator<Specimen> endless =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Specimen next() {
            return Specimens.of("core." + begun.incrementAndGet(), NO_CORE);
          }
        };
    CountDownLatch ended = new CountDownLatch(1);
    Thread runner =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    round.run(endless, _ -> false, row -> uris.add(uri(row)));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  } finally {
                    ended.countDown();
                  }
                });
    while (round.progress().now().done() < 20) {
      Thread.sleep(1);
    }
    round.stop();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    runner.join();
    assertThat(uris).doesNotHaveDuplicates();
    assertThat((long) uris.size()).isEqualTo(round.progress().now().listed());
  }

  @Test
  void whatCannotBeFetchedIsARowWithoutAVersionSoThatItIsTriedAgain() throws IOException {
    List<CaseRow> rows = new ArrayList<>();
    Specimen broken =
        Specimens.of(
            "core.broken",
            7,
            () -> {
              throw new IOException("connection reset");
            },
            Optional.empty());
    round(2).run(List.of(broken).iterator(), _ -> false, rows::add);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().get(IdentityColumns.READ_STATE)).contains("unreadable");
    assertThat(rows.getFirst().get(IdentityColumns.READ_PROBLEM).orElse(""))
        .contains("test:core.broken")
        .contains("connection reset");
    assertThat(rows.getFirst().get(IdentityColumns.OBJECT_VERSION)).isEmpty();
  }

  @Test
  void aFaultOfOursIsARowAndTheRunGoesOn() throws IOException {
    List<CaseRow> rows = new ArrayList<>();
    Specimen mean =
        Specimens.of(
            "core.mean",
            7,
            () -> {
              throw new IllegalStateException("never thought of");
            },
            Optional.empty());
    round(2)
        .run(List.of(mean, Specimens.of("core.next", NO_CORE)).iterator(), _ -> false, rows::add);
    assertThat(rows).hasSize(2);
    assertThat(rows)
        .anySatisfy(
            row ->
                assertThat(row.get(IdentityColumns.READ_PROBLEM).orElse(""))
                    .contains("never thought of")
                    .contains("a bug of ours"));
  }

  @Test
  void aRowThatCannotBeStoredEndsTheRound() {
    assertThatThrownBy(
            () ->
                round(2)
                    .run(
                        specimens(50),
                        _ -> false,
                        _ -> {
                          throw new IOException("disk full");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
  }

  @Test
  void aListingThatBreaksOffIsReportedAndWhatWasListedIsKept() throws IOException {
    List<CaseRow> rows = new ArrayList<>();
    Iterator<Specimen> breaking =
        new Iterator<>() {
          private int given;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Specimen next() {
            if (given++ == 3) {
              throw new java.io.UncheckedIOException(new IOException("listing: 503"));
            }
            return Specimens.of("core." + given, NO_CORE);
          }
        };
    Round round = round(2);
    round.run(breaking, _ -> false, rows::add);
    assertThat(rows).hasSize(3);
    assertThat(round.progress().now().listingProblem().orElse("")).contains("listing: 503");
  }

  @Test
  void stoppedItLetsGoOfWhatHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    Specimen hangs =
        Specimens.of(
            "core.hangs",
            7,
            () -> {
              hanging.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new java.io.InterruptedIOException("stopped");
              }
              return ByteSource.of("core.hangs", NO_CORE);
            },
            Optional.empty());
    List<String> uris = new ArrayList<>();
    Round round = round(4);
    Thread stopper =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    hanging.await();
                    round.stop();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    round.run(
        List.of(Specimens.of("core.1", NO_CORE), hangs).iterator(),
        _ -> false,
        row -> uris.add(uri(row)));
    stopper.join();
    assertThat(uris).containsExactly("test:core.1"); // the other is nobody's fault, and no row
  }

  @Test
  void aLostStoreEndsTheRoundAndKeepsWhatWasDone() {
    List<String> uris = new ArrayList<>();
    Round round = round(1);
    Iterator<Specimen> all =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    Specimens.of(
                        "core." + i,
                        7,
                        () -> {
                          if (i >= 10) {
                            throw new StoreUnusableException("no such bucket", new IOException());
                          }
                          return ByteSource.of("core." + i, NO_CORE);
                        },
                        Optional.empty()))
            .iterator();
    assertThatThrownBy(() -> round.run(all, _ -> false, row -> uris.add(uri(row))))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessage("no such bucket");
    assertThat(uris).hasSize(10);
  }
}
