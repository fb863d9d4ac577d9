package dev.pumphandle.linelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineListSchemaTest {

  /// The public contract: these names are fixed, more may be added.
  private static final List<String> CONTRACT =
      List.of(
          ("case_id object_uri object_bytes object_version bytes_read requests read_state"
                  + " read_problem observed_at observed_at_from process_pid"
                  + " process_executable_name process_executable_path"
                  + " process_executable_build_id_gnu thread_count crash_tid signal_number"
                  + " signal_name signal_code fault_address trap_number page_fault_error"
                  + " prstatus_pc prstatus_sp fault_registers_from fault_pc fault_sp fault_fp"
                  + " registers control_arrived stack_shift pc_in sp_in popped_word top_word"
                  + " intended_pc frames signature modules label label_tier label_version"
                  + " labels_met excluded_reason episode_id service_version k8s_node_name"
                  + " k8s_cluster_name cloud_region cloud_availability_zone host_type"
                  + " host_physical_id host_boot_id os_version host_cpu_microcode node_age_s")
              .split(" ", -1));

  @Test
  void theContractsColumnsAreAllThere() {
    assertThat(LineListSchema.columns()).extracting(Column::name).containsAll(CONTRACT);
  }

  @Test
  void everyColumnSaysWhatItMeansAndWhereItComesFrom() {
    assertThat(LineListSchema.columns())
        .allSatisfy(
            column -> {
              assertThat(column.meaning()).as(column.name()).endsWith(".");
              assertThat(column.source()).as(column.name()).isNotBlank();
            });
  }

  @Test
  void onlyJudgementsAreDerived() {
    assertThat(LineListSchema.columns())
        .filteredOn(column -> column.standing() == Standing.DERIVED)
        .extracting(Column::name)
        .containsExactly(
            "fleet_joined_by",
            "fleet_not_joined",
            "evidence_kinds",
            "also_told_by",
            "match_certainty",
            "oom_kill_s",
            "index_case_id",
            "label",
            "label_tier",
            "label_version",
            "labels_met",
            "excluded_reason",
            "episode_id");
  }

  @Test
  void aColumnIsFoundByEitherSpelling() {
    assertThat(LineListSchema.column("k8s.node.name")).contains(PlaceColumns.K8S_NODE_NAME);
    assertThat(LineListSchema.column("k8s_node_name")).contains(PlaceColumns.K8S_NODE_NAME);
    assertThat(LineListSchema.column("process.executable.build_id.gnu"))
        .contains(ProcessColumns.PROCESS_EXECUTABLE_BUILD_ID_GNU);
    assertThat(LineListSchema.column("shoe_size")).isEmpty();
  }

  @Test
  void aRowRefusesAValueOfAnotherType() {
    assertThatThrownBy(() -> CaseRow.builder().putChecked(SignalColumns.SIGNAL_NUMBER, "eleven"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signal_number");
    assertThatThrownBy(() -> CaseRow.builder().put(LabelColumns.LABEL, "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("derived");
  }

  @Test
  void aColumnWithoutAValueIsUnknown() {
    CaseRow row = CaseRow.builder().put(FaultColumns.FAULT_PC, -1L).build();
    assertThat(row.get(FaultColumns.FAULT_PC)).contains(-1L);
    assertThat(row.get(FaultColumns.FAULT_SP)).isEmpty();
    assertThat(row.toBuilder().build()).isEqualTo(row);
  }
}
