package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Simulated rows say nothing that no core can say.
class SimulatedRowsTest {

  @TempDir Path home;

  @Test
  void aSimulatedRowHasTheFactsOfACoreOfItsKind() throws IOException {
    Path fleet = home.resolve("fleet");
    Ran made =
        Ran.in(
            home,
            "simulate",
            fleet.toString(),
            "--scenario",
            "two-diseases",
            "--nodes",
            "300",
            "--days",
            "120");
    assertThat(made.code()).as(made.err()).isZero();

    Ran counted =
        Ran.in(
            fleet,
            "sql",
            "-o",
            "csv",
            """
            SELECT
              count(*) FILTER (WHERE control_arrived = 'returned') > 20 AS lost,
              count(operand_agrees) FILTER (WHERE control_arrived = 'ran' AND signal_number = 11) > 20
                AS compared,
              count(operand_agrees) FILTER (
                WHERE control_arrived IS DISTINCT FROM 'ran' OR signal_number <> 11) AS no_operand,
              count(*) FILTER (
                WHERE control_arrived = 'returned' AND signal_code = 1
                AND (fault_address <> target OR instruction_kind IS NOT NULL)) AS not_at_the_target,
              count(*) FILTER (
                WHERE control_arrived = 'returned' AND signal_code = 128
                AND (fault_address <> 0 OR instruction_kind <> 'ret' OR is_canonical(target)))
                AS not_refused,
              count(*) FILTER (WHERE control_arrived IS NULL) AS untold
            FROM cases""");
    assertThat(counted.out().lines().toList().getLast())
        .as(counted.out() + counted.err())
        .isEqualTo("true,true,0,0,0,0");
  }
}
