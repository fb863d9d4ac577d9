package dev.pumphandle.fieldwork.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetTableTest {

  @Test
  void fourColumnsAreAnInventory() throws IOException {
    HostReport only =
        read("fleet.csv", "node,from,to,region\nn1,2026-06-01,2026-06-03 12:30:00+02,eastus2\n")
            .getFirst();
    assertThat(only.basis()).isEqualTo(Basis.ASSERTED);
    assertThat(only.node()).isEqualTo("n1");
    assertThat(only.from()).isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
    assertThat(only.to()).isEqualTo(Instant.parse("2026-06-03T10:30:00Z"));
    assertThat(only.values()).containsOnly(java.util.Map.entry("cloud_region", "eastus2"));
    assertThat(only.place()).isEqualTo("fleet.csv:2");
  }

  @Test
  void tabsSemicolonsQuotesAndAByteOrderMarkAreTaken() throws IOException {
    assertThat(
            read("a", "\ufeffnode\tat\tos_description\nn1\t1780000000\t\"Ubuntu \"\"24\"\"\"\n")
                .getFirst()
                .values())
        .containsEntry("os_description", "Ubuntu \"24\"");
    List<HostReport> two =
        read("a", "node;at;sku\r\nn1;1780000000;\"D8\n v5\"\r\nn2;1780000000123;D8\r\n");
    assertThat(two.getFirst().values()).containsEntry("host_type", "D8\n v5");
    assertThat(two.get(1).place()).isEqualTo("a:4");
    assertThat(two.get(1).from()).isEqualTo(Instant.ofEpochMilli(1780000000123L));
  }

  @Test
  void linesOfJsonAndOneArrayAreTheSame() throws IOException {
    String row =
        "{\"k8s.node.name\":\"n1\",\"interval_from\":1780000000,\"to\":\"2026-06-09T00:00:00Z\",\"os.version\":\"6.1\",\"zone\":null}";
    List<HostReport> lines = read("x", row + "\n" + row + "\n");
    List<HostReport> array = read("x", "[" + row + ",\n" + row + "]");
    assertThat(array).isEqualTo(lines).hasSize(2);
    assertThat(lines.getFirst().values())
        .containsEntry("os_version", "6.1")
        .doesNotContainKey("cloud_availability_zone");
  }

  @Test
  void aNodeWithoutAnEndLivedWhenTheTableWasMade() throws IOException {
    assertThat(read("vms-20260609T100000Z.csv", "node,from,to\nn1,2026-06-01,\n").getFirst().to())
        .isEqualTo(Instant.parse("2026-06-09T10:00:00Z"));
    assertThatThrownBy(() -> read("vms.csv", "node,from,to\nn1,2026-06-01,\n"))
        .hasMessageStartingWith("vms.csv:2: expected an end in column to");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          node,from,to\\nn1,2026-06-03,2026-06-01     | x:2: expected an end after 2026-06-03T00:00:00Z, found 2026-06-01T00:00:00Z
          node,from,to\\nn1,2026-06-03,2026-06-03     | x:2: expected an end after
          node,from,to\\nn1,yesterday,2026-06-03      | x:2: interval_from: expected a moment
          node,from,to\\nn1,2026-13-03,2026-06-03     | x:2: interval_from: expected a moment
          node,from,to\\nn1,12345,2026-06-03          | x:2: interval_from: expected a moment
          node,from,to\\nn1,2026-06-03                | x:2: expected 3 columns as in the header, found 2
          node,from,to,node\\na,b,c,d                 | x:1: expected each column once, found node twice
          node,from,to,k8s_node_name\\nn1,2026-06-01,2026-06-03,n1 | x:2: expected each column once, found k8s_node_name twice
          node,from,to,rack\\nn1,2026-06-01,2026-06-03,r | x:2: unknown column 'rack'
          node,from,to\\n,2026-06-01,2026-06-03       | x:2: expected a node
          node,from,to,exceptions_per_second\\nn1,2026-06-01,2026-06-03,-3 | x:2: exceptions_per_second: expected a number of 0 or more, found '-3'
          node,region\\nn1,west                       | x:2: expected the columns from and to, or at
          node,from,to                                | x: expected rows below the header, found none
          node,from,to\\nn1,"2026-06-01,2026-06-03    | x:2: expected a closing quote
          {"node":"n1","from":"2026-06-01"            | x:1: expected more JSON
          {"node":"n1","from":{}}                     | x:1: from: expected a text or a number
          [1]                                         | x:1: expected an object, found NUMBER
          []                                          | x: expected nodes, found none
          """)
  void whatIsWrongIsSaidWithItsLine(String content, String message) {
    assertThatThrownBy(() -> read("x", content.strip().replace("\\n", "\n")))
        .hasMessageStartingWith(message.strip());
  }

  @Test
  void aNameThatIsNoUtf8IsRefusedWithItsPlace() {
    byte[] latin =
        "node,from,to\nn1,2026-06-01,2026-06-03\nn\u00fc2,2026-06-01,2026-06-03\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read("x", latin, Optional.empty()))
        .hasMessage("x:3: expected text in UTF-8, found the byte 0xfc as number 2");
  }

  @Test
  void linesEndAsTheyLikeAndAreReadWholeWhereverABlockEnds() throws IOException {
    String wide = "\u00fc".repeat(40_000);
    List<HostReport> three =
        read(
            "x",
            "node,at,sku\rn1,1780000000,"
                + wide
                + "\r\n\r\nn2,1780000000,"
                + wide
                + "\nn3,1780000000,");
    assertThat(three).extracting(HostReport::place).containsExactly("x:2", "x:4", "x:5");
    assertThat(three.get(1).values()).containsEntry("host_type", wide);
    assertThatThrownBy(() -> read("x", "node,at\n" + "n".repeat(2_000_000)))
        .hasMessage("x:2: expected lines of at most 1 MiB, found a longer one");
  }

  @Test
  void anEmptyFileAndOtherBinaryDataAreRefused() {
    assertThatThrownBy(() -> read("x", ""))
        .hasMessage("x: expected an inventory, found an empty file");
    assertThatThrownBy(() -> read("x", " \n\n"))
        .hasMessage("x: expected an inventory, found an empty file");
    assertThatThrownBy(() -> read("x", "ELF\0\0")).hasMessageContaining("found other binary data");
  }

  static List<HostReport> read(String source, String content) throws IOException {
    return read(source, content.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  static List<HostReport> read(String source, byte[] content, Optional<Instant> at)
      throws IOException {
    return read(source, content, at, Optional.empty());
  }

  static List<HostReport> read(
      String source, byte[] content, Optional<Instant> at, Optional<String> physicalLabel)
      throws IOException {
    List<HostReport> reports = new ArrayList<>();
    Given given =
        new Given(
            source,
            at,
            Instant.parse("2026-11-01T00:00:00Z"),
            Optional.empty(),
            Optional.empty(),
            physicalLabel,
            false);
    FleetFile.read(new ByteArrayInputStream(content), given, reports::add);
    return reports;
  }
}
