package dev.pumphandle.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.LargeCore;
import dev.pumphandle.trials.Station.Trouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs against stores that fail.
@Tag("slow")
class FaultyRunTest {
  private static final int CORES = 300;

  private static final List<Fault> ALL =
      List.of(
          new Fault.Says(Trouble.THROTTLED, 0),
          new Fault.Says(Trouble.BUSY, 1),
          new Fault.Says(Trouble.BROKEN, -1),
          new Fault.Says(Trouble.EXPIRED, -1),
          new Fault.Says(Trouble.FORBIDDEN, -1),
          new Fault.Says(Trouble.GONE, -1),
          new Fault.Says(Trouble.CHANGED, -1),
          new Fault.Reset(),
          new Fault.ResetInBody(),
          new Fault.CutShort(),
          new Fault.WrongLength(),
          new Fault.Slow(1000));

  @TempDir Path here;

  @Test
  void nothingIsLostAndNothingDoubleInAzureWhenOneRequestInTwentyFails() throws Exception {
    try (Station station = AzuriteStation.start()) {
      livesThroughFaults(station);
    }
  }

  @Test
  void norInS3() throws Exception {
    try (Station station = S3Station.start()) {
      livesThroughFaults(station);
    }
  }

  @Test
  void norInCloudStorage() throws Exception {
    try (Station station = GcsStation.start()) {
      livesThroughFaults(station);
    }
  }

  private void livesThroughFaults(Station station) throws Exception {
    byte[] core = LargeCore.of(LabCores.plain("return-to-null"), 1 << 20);
    for (int i = 0; i < CORES; i++) {
      station.put("cores/core." + i, core, Map.of());
    }
    SplittableRandom random = new SplittableRandom(5);
    try (FaultProxy proxy = new FaultProxy(station)) {
      proxy.does(
          _ -> {
            synchronized (random) {
              return random.nextInt(20) == 0
                  ? ALL.get(random.nextInt(ALL.size()))
                  : new Fault.None();
            }
          });
      Collected workspace =
          Collected.into(
              here.resolve("workspace"), station.environment(proxy.port()), station.settings());
      Collected.Ran ran = workspace.collect(station.place("cores/"));
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.err()).contains("repeated after failures");
      assertThat(
              workspace.ask(
                  "select count(*), count(distinct object_uri), count(object_version) from cases"
                      + " where read_state = 'complete'"))
          .contains(CORES + "," + CORES + "," + CORES);
      assertThat(workspace.collect(station.place("cores/")).err()).contains("Nothing new");
    }
  }

  @Test
  void credentialsThatEndInMidRunStopItAndTheNextRunGoesOn() throws Exception {
    try (Station station = GcsStation.start();
        FaultProxy proxy = new FaultProxy(station)) {
      byte[] core = LabCores.plain("return-to-null");
      for (int i = 0; i < 100; i++) {
        station.put("cores/core." + i, core, Map.of());
      }
      proxy.does(
          request ->
              request.reads() && proxy.requests().size() > 100
                  ? new Fault.Says(Trouble.EXPIRED, -1)
                  : new Fault.None());
      Collected workspace =
          Collected.into(here.resolve("workspace"), station.environment(proxy.port()), "");
      Collected.Ran stopped = workspace.collect(station.place("cores/"), "--jobs", "4");
      assertThat(stopped.code()).isEqualTo(1);
      assertThat(stopped.err())
          .contains("gs://cores: the credential was refused (401 authError); stopped, ")
          .contains("cores stored until then: run it again to go on");
      String stored = workspace.ask("select count(*), count(object_version) from cases");
      int kept = Integer.parseInt(stored.lines().toList().get(1).split(",", -1)[0]);
      assertThat(kept).isBetween(1, 99);
      assertThat(stored).contains(kept + "," + kept); // no rows of what was not read

      proxy.does(_ -> new Fault.None());
      assertThat(workspace.collect(station.place("cores/")).code()).isZero();
      assertThat(workspace.ask("select count(*), count(distinct object_uri) from cases"))
          .contains("100,100");
    }
  }

  @Test
  void whatIsWrittenAnewWhileItIsReadGivesARowOfTheNewVersion() throws Exception {
    try (Station station = GcsStation.start();
        FaultProxy proxy = new FaultProxy(station)) {
      station.put(
          "cores/core.1", LargeCore.of(LabCores.plain("return-to-null"), 1 << 20), Map.of());
      byte[] other = LabCores.plain("divide-zero");
      proxy.does(
          request -> {
            if (request.reads() && !request.range().startsWith("0-")) {
              overwriteOnce(station, other);
            }
            return new Fault.None();
          });
      Collected workspace =
          Collected.into(here.resolve("workspace"), station.environment(proxy.port()), "");
      assertThat(workspace.collect(station.place("cores/")).code()).isZero();
      assertThat(workspace.ask("select signal_name, object_bytes, read_state from cases"))
          .contains("SIGFPE," + other.length + ",complete");
      assertThat(workspace.collect(station.place("cores/")).err()).contains("Nothing new");
    }
  }

  private boolean overwritten;

  private synchronized void overwriteOnce(Station station, byte[] bytes) {
    if (!overwritten) {
      overwritten = true;
      try {
        station.put("cores/core.1", bytes, Map.of());
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void anObjectThatIsGoneIsARowThatSaysSo() throws Exception {
    try (Station station = GcsStation.start();
        FaultProxy proxy = new FaultProxy(station)) {
      station.put("cores/core.1", LabCores.plain("return-to-null"), Map.of());
      station.put("cores/core.2", LabCores.plain("return-to-null"), Map.of());
      proxy.does(
          request -> {
            if (request.reads() && request.target().contains("core.2")) {
              deleted(station);
            }
            return new Fault.None();
          });
      Collected workspace =
          Collected.into(here.resolve("workspace"), station.environment(proxy.port()), "");
      assertThat(workspace.collect(station.place("cores/")).code()).isEqualTo(3);
      assertThat(workspace.ask("select read_state, read_problem, object_version from cases"))
          .contains("has gone since it was listed");
    }
  }

  private static void deleted(Station station) {
    try {
      station.delete("cores/core.2");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
