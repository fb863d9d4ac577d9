package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.ModuleFact;
import dev.pumphandle.linelist.SignalColumns;
import dev.pumphandle.linelist.StackColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaseWriterTest {

  private static final String ODD = "ü𝄞 \"quoted\" \\ [a, b] {c=d} \n\t NULL";

  @TempDir Path directory;
  private Workspace workspace;

  private static CaseRow.Builder row(String id) {
    return CaseRow.builder()
        .put(IdentityColumns.CASE_ID, id)
        .put(IdentityColumns.OBJECT_URI, "file:/cores/" + id)
        .put(IdentityColumns.READ_STATE, "complete")
        .put(IdentityColumns.COLLECTED_AT, Instant.parse("2026-03-01T00:00:00.123456Z"));
  }

  @BeforeEach
  void threeRows() throws IOException {
    workspace = Workspace.init(directory);
    try (CaseWriter writer = CaseWriter.open(workspace)) {
      writer.append(row("nothing").build());
      writer.append(
          row("everything")
              .put(IdentityColumns.READ_PROBLEM, ODD)
              .put(IdentityColumns.OBJECT_BYTES, 1L << 40)
              .put(IdentityColumns.ANOMALIES, List.of("a", ODD, ""))
              .put(IdentityColumns.EXTRA, Map.of("key \"k\"", ODD))
              .put(SignalColumns.SIGNAL_NUMBER, 11)
              .put(FaultColumns.FAULT_PC, -1L)
              .put(FaultColumns.REGISTERS, Map.of("rax", -2L))
              .put(
                  StackColumns.STACK_WORDS,
                  List.of(OptionalLong.of(-3L), OptionalLong.empty(), OptionalLong.of(5)))
              .put(
                  StackColumns.FRAMES,
                  List.of(
                      new FrameFact(
                          -4L,
                          Optional.of("f(int, \"x\")"),
                          Optional.of(ODD),
                          OptionalLong.of(-5L),
                          "cfi"),
                      new FrameFact(
                          6, Optional.empty(), Optional.empty(), OptionalLong.empty(), "scan")))
              .put(
                  StackColumns.MODULES,
                  List.of(
                      new ModuleFact(ODD, Optional.of("abcd"), -7L),
                      new ModuleFact("/b", Optional.empty(), 8)))
              .build());
      writer.append(
          row("empty")
              .put(IdentityColumns.ANOMALIES, List.of())
              .put(FaultColumns.REGISTERS, Map.of())
              .put(StackColumns.STACK_WORDS, List.of())
              .put(StackColumns.FRAMES, List.of())
              .put(StackColumns.MODULES, List.of())
              .build());
    }
  }

  private String asked(String id, String expression) throws IOException {
    try (LineList list = LineList.open(workspace);
        Answer answer =
            list.ask(
                "SELECT CAST((%s) AS VARCHAR) FROM facts WHERE case_id = '%s'"
                    .formatted(expression, id))) {
      assertThat(answer.next()).isTrue();
      return String.valueOf(answer.value(0).orElse("null"));
    }
  }

  @Test
  void everyTypeComesBackAsItWentIn() throws IOException {
    assertThat(
            asked(
                "everything",
                "[read_problem = anomalies[2], anomalies = ['a', read_problem, ''],"
                    + " object_bytes = 1099511627776, signal_number = 11,"
                    + " fault_pc = 18446744073709551615,"
                    + " extra['key \"k\"'] = read_problem, cardinality(extra) = 1,"
                    + " registers['rax'] = 18446744073709551614,"
                    + " stack_words = [18446744073709551613, NULL, 5],"
                    + " len(frames) = 2, frames[1].pc = 18446744073709551612,"
                    + " frames[1].function = 'f(int, \"x\")', frames[1].file = read_problem,"
                    + " frames[1].\"offset\" = 18446744073709551611, frames[1].trust = 'cfi',"
                    + " frames[2].pc = 6, frames[2].function IS NULL, frames[2].file IS NULL,"
                    + " frames[2].\"offset\" IS NULL, frames[2].trust = 'scan',"
                    + " modules[1].path = read_problem, modules[1].build_id = 'abcd',"
                    + " modules[1].base = 18446744073709551609, modules[2].build_id IS NULL,"
                    + " epoch_us(collected_at) = 1772323200123456]"))
        .doesNotContain("false")
        .doesNotContain("NULL");
    assertThat(asked("everything", "read_problem")).isEqualTo(ODD);
  }

  @Test
  void nothingAndAnEmptyListAreDifferentThings() throws IOException {
    String lists =
        "[anomalies::VARCHAR, registers::VARCHAR, stack_words::VARCHAR, frames::VARCHAR,"
            + " modules::VARCHAR]";
    assertThat(asked("nothing", lists)).isEqualTo("[NULL, NULL, NULL, NULL, NULL]");
    assertThat(asked("empty", lists)).isEqualTo("['[]', '{}', '[]', '[]', '[]']");
  }
}
