package dev.pumphandle.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.name.KeyPattern;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an object's name and its sidecar tell.
class NamesTest {

  private static final byte[] NO_CORE = "no core".getBytes(StandardCharsets.UTF_8);

  private static CaseRow named(String name) {
    return new Examination(Executables.NONE, ObjectName.usual(), false, "test")
        .of(Specimens.of(name, NO_CORE));
  }

  private static CaseRow beside(String json) {
    return new Examination(Executables.NONE, ObjectName.usual(), false, "test")
        .of(Specimens.withSidecar("core.1", NO_CORE, json));
  }

  private static Map<String, String> match(String pattern, String name) {
    return KeyPattern.parse(pattern).match(name).orElseThrow();
  }

  @Test
  void theKernelsSpecifiersAreRead() {
    assertThat(match("core.%e.%p.%t.%h", "core.web.4242.1767225600.node-7"))
        .containsEntry("%e", "web")
        .containsEntry("%p", "4242")
        .containsEntry("%t", "1767225600")
        .containsEntry("%h", "node-7");
    assertThat(match("%E-%s-%u-%g-%P-%I-%c-%d-%C", "!usr!bin!web-11-1000-100-7-8-0-1-3"))
        .containsEntry("%E", "!usr!bin!web")
        .containsEntry("%s", "11")
        .containsEntry("%C", "3");
  }

  @Test
  void aNameMayHoldDotsAndDashesOfItsOwn() {
    assertThat(match("core.%e.%p.%t.%h", "core.my.web-server.1.4242.1767225600.eu.node-7.example"))
        .containsEntry("%e", "my.web-server.1")
        .containsEntry("%p", "4242")
        .containsEntry("%h", "eu.node-7.example");
  }

  @Test
  void partsMayNameColumnsAndAnythingElseGoesToExtra() {
    Map<String, String> found =
        match("{cloud_region}/{rack}/core.%e.%p", "westeurope/r12/core.web.1");
    assertThat(found).containsEntry("cloud_region", "westeurope").containsEntry("rack", "r12");
  }

  @Test
  void twoPercentSignsAreOne() {
    assertThat(match("100%%.%p", "100%.7")).containsEntry("%p", "7");
  }

  @Test
  void aPatternMatchesTheEndOfALongerPathAndNothingElse() {
    assertThat(KeyPattern.parse("core.%e.%p").match("a/b/core.web.7")).isPresent();
    assertThat(KeyPattern.parse("core.%e.%p").match("core.web.seven")).isEmpty();
    assertThat(KeyPattern.parse("core.%e.%p").match("")).isEmpty();
  }

  @Test
  void aPatternThatCannotBeReadSaysWhereAndWhatIsExpected() {
    for (String wrong : List.of("core.%Q", "core.%", "core.{", "core.{a b}", "core.{}")) {
      assertThatThrownBy(() -> KeyPattern.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void systemdsNamesAreUnescaped() {
    CaseRow row =
        named(
            "core.my\\x2dserver\\x20x.1000.0123456789abcdef0123456789abcdef.4242.1767225600123456.zst");
    assertThat(row.get(ProcessColumns.PROCESS_EXECUTABLE_NAME)).contains("my-server x");
    assertThat(row.get(ProcessColumns.PROCESS_PID)).contains(4242L);
    assertThat(row.get(PlaceColumns.HOST_BOOT_ID)).contains("0123456789abcdef0123456789abcdef");
    assertThat(row.get(IdentityColumns.OBSERVED_AT))
        .contains(Instant.parse("2026-01-01T00:00:00.123456Z"));
    assertThat(row.get(IdentityColumns.OBSERVED_AT_FROM)).contains("name");
  }

  @Test
  void withoutATimeInTheNameTheObjectsOwnTimeStands() {
    CaseRow row = named("whatever");
    assertThat(row.get(IdentityColumns.OBSERVED_AT)).contains(Specimens.WRITTEN);
    assertThat(row.get(IdentityColumns.OBSERVED_AT_FROM)).contains("object");
  }

  @Test
  void aSidecarSpeaksOpenTelemetryOrSqlAndKeepsWhatIsNoColumn() {
    CaseRow row =
        beside(
            """
            {"k8s.node.name": "node-7", "host_type": "L16s_v3", "observed_at": "2026-02-03T04:05:06Z",
             "ticket": {"id": 7}, "nothing": null}
            """);
    assertThat(row.get(PlaceColumns.K8S_NODE_NAME)).contains("node-7");
    assertThat(row.get(PlaceColumns.HOST_TYPE)).contains("L16s_v3");
    assertThat(row.get(IdentityColumns.OBSERVED_AT))
        .contains(Instant.parse("2026-02-03T04:05:06Z"));
    assertThat(row.get(IdentityColumns.OBSERVED_AT_FROM)).contains("sidecar");
    assertThat(row.get(IdentityColumns.EXTRA).orElseThrow()).containsEntry("ticket", "{\"id\":7}");
    assertThat(row.get(IdentityColumns.EXTRA).orElseThrow()).doesNotContainKey("nothing");
  }

  @Test
  void aSidecarMayNotJudgeNorSayWhatOnlyMemoryKnows() {
    CaseRow row =
        beside("{\"label\": \"return-to-null\", \"fault_pc\": 7, \"read_state\": \"complete\"}");
    assertThat(row.get(IdentityColumns.READ_STATE)).contains("refused");
    assertThat(row.get(IdentityColumns.EXTRA).orElseThrow()).containsKeys("label", "fault_pc");
  }

  @Test
  void aSidecarThatIsNoneIsAnAnomalyAndNoMore() {
    for (String wrong : List.of("{", "[1]", "7", "\"x\"", "", "{\"observed_at\": \"soon\"}")) {
      CaseRow row = beside(wrong);
      assertThat(row.get(IdentityColumns.READ_STATE)).as(wrong).contains("refused");
      assertThat(row.get(IdentityColumns.ANOMALIES).orElse(List.of()))
          .as(wrong)
          .anyMatch(said -> said.startsWith("sidecar"));
    }
  }
}
