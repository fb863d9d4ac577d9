package dev.pumphandle.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.LargeCore;
import dev.pumphandle.trials.FaultProxy.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cores in Azure Blob give the rows that the same files give, for few and known requests.
class SameRowsTest {

  /// What differs by nature: where it lies, which version, when, and what that cost.
  private static final String FACTS =
      "select * exclude (case_id, episode_id, object_uri, object_version, collected_at, bytes_read,"
          + " requests) from cases order by observed_at";

  @TempDir Path here;

  @Test
  @Tag("slow")
  void theLabsCoresGiveTheSameRowsFromAzureAsFromFiles() throws Exception {
    try (AzuriteStation azure = AzuriteStation.start()) {
      Path files = Files.createDirectories(here.resolve("cores"));
      int second = 1_780_000_000;
      for (String name : LabCores.names()) {
        // Times of death are in the names: a store's own clock differs.
        both(azure, files, "core." + name + ".7." + second++, LabCores.plain(name));
        both(azure, files, "core." + name + ".8." + second++ + ".zst", LabCores.packed(name));
      }
      String sidecar = "{\"k8s_node_name\":\"aks-7\"}";
      both(
          azure,
          files,
          "core." + LabCores.names().getFirst() + ".7.1780000000.json",
          sidecar.getBytes(StandardCharsets.UTF_8));

      Collected local = Collected.into(here.resolve("local"), Map.of(), "");
      Collected remote =
          Collected.into(here.resolve("remote"), azure.environment(azure.port()), "");
      Collected.Ran one = local.collect(files.toString());
      Collected.Ran other = remote.collect(azure.place("cores/"));

      assertThat(other.code()).as(other.err()).isEqualTo(one.code());
      String expected = local.ask(FACTS).replace(files.toUri().toString(), "");
      assertThat(remote.ask(FACTS).replace(azure.place("cores/"), ""))
          .isEqualTo(expected.replace(files + "/", ""))
          .contains("aks-7");
      assertThat(
              remote.ask(
                  "select count(*) from cases where object_bytes <= 1 << 20"
                      + " and (requests > 2 or bytes_read > 1 << 20)"))
          .as("more than one read, and one of a sidecar")
          .endsWith("\n0\n");
    }
  }

  private static void both(AzuriteStation azure, Path files, String name, byte[] bytes)
      throws Exception {
    Files.write(files.resolve(name), bytes);
    azure.put("cores/" + name, bytes, Map.of());
  }

  @Test
  void anOrdinaryCoreTakesThreeReadsHoweverLargeItIs() throws Exception {
    try (AzuriteStation azure = AzuriteStation.start();
        FaultProxy proxy = new FaultProxy(azure)) {
      azure.put("cores/core.1", LargeCore.of(LabCores.plain("return-to-null"), 16 << 20), Map.of());
      Collected workspace =
          Collected.into(here.resolve("counted"), azure.environment(proxy.port()), "");
      assertThat(workspace.collect(azure.place("cores/")).code()).isZero();

      List<String> asked = new ArrayList<>();
      for (Request request : proxy.requests()) {
        asked.add(request.reads() ? request.method() + " " + request.range() : "LIST");
      }
      assertThat(asked)
          .containsExactly(
              "LIST", // is the place there?
              "LIST",
              "GET 0-65535", // headers and notes
              "GET 17314608-17342463", // the stack
              "GET 163840-425983"); // the first pages of the loaded files
      assertThat(workspace.ask("select read_state, label, requests, bytes_read from cases"))
          .contains("complete,return-to-null,3,355536");

      assertThat(workspace.collect(azure.place("cores/")).err()).contains("Nothing new");
      assertThat(proxy.requests().stream().filter(Request::reads)).hasSize(3);
    }
  }
}
