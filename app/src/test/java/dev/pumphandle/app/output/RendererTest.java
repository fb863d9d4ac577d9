package dev.pumphandle.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final List<Heading> HEADINGS =
      List.of(
          Heading.words("case_id"),
          Heading.numbers("n"),
          Heading.numbers("fault_pc"),
          Heading.words("object_uri"));

  private static Grid grid() {
    return Grid.of(
        HEADINGS,
        List.of(
            List.of(
                Value.text("7f9b"),
                Value.whole(5204),
                new Value.Address(-1),
                Value.text("file:///a,b")),
            List.of(
                Value.text("a\tb\n\"c\"|\u001b[31m"),
                Value.MISSING,
                new Value.Address(0xa8),
                Value.text("file:///" + "d".repeat(90) + "/core.1"))));
  }

  private static String rendered(OutputFormat format, int columns, Grid grid) throws IOException {
    StringBuilder out = new StringBuilder();
    format.renderer(columns, false).render(grid, out);
    return out.toString();
  }

  @Test
  void aTableFitsEightyColumnsAndKeepsTheEndOfPaths() throws IOException {
    assertThat(rendered(OutputFormat.TABLE, 80, grid()))
        .isEqualTo(
            """
            case_id              n            fault_pc  object_uri
            7f9b              5204  0xffffffffffffffff  file:///a,b
            a b "c"|\\x1b[31m                      0xa8  file:///ddd…ddddddddddddddddd/core.1
            """)
        .satisfies(
            text -> assertThat(text.lines().mapToInt(Width::of).max().orElse(0)).isLessThan(81));
  }

  @Test
  void columnsThatDoNotFitAreNamedBelow() throws IOException {
    List<Heading> headings = new ArrayList<>();
    List<Value> row = new ArrayList<>();
    for (int at = 0; at < 12; at++) {
      headings.add(Heading.words("column_number_" + at));
      row.add(Value.text("some words here"));
    }
    String table = rendered(OutputFormat.TABLE, 80, Grid.of(headings, List.of(row)));
    assertThat(table).contains("7 columns not shown for want of width: column_number_5");
    assertThat(table.lines().mapToInt(Width::of).max().orElse(0)).isLessThan(81);
    assertThat(rendered(OutputFormat.TABLE, 250, Grid.of(headings, List.of(row))))
        .doesNotContain("not shown");
  }

  @Test
  void tabsAndLineBreaksNeverSplitARowOfTsv() throws IOException {
    assertThat(rendered(OutputFormat.TSV, 80, grid()).lines().toList())
        .hasSize(3)
        .allMatch(line -> line.chars().filter(c -> c == '\t').count() == 3)
        .element(2)
        .asString()
        .startsWith("a b \"c\"|\\x1b[31m\t\t0xa8\t");
  }

  @Test
  void csvQuotesWhatRfc4180Wants() throws IOException {
    assertThat(rendered(OutputFormat.CSV, 80, grid()))
        .startsWith("case_id,n,fault_pc,object_uri\n7f9b,5204,0xffffffffffffffff,\"file:///a,b\"\n")
        .contains("\"a\tb\n\"\"c\"\"|");
  }

  @Test
  void markdownEscapesItsBars() throws IOException {
    assertThat(rendered(OutputFormat.MARKDOWN, 80, grid()))
        .startsWith("| case_id | n | fault_pc | object_uri |\n| --- | ---: | ---: | --- |\n")
        .contains("| a b \"c\"\\|\\\\x1b[31m |");
  }

  @Test
  void jsonHasAddressesAsHexStringsAndUnknownsAsNull() throws IOException {
    assertThat(rendered(OutputFormat.JSON, 80, grid()))
        .startsWith(
            "[\n{\"case_id\":\"7f9b\",\"n\":5204,\"fault_pc\":\"0xffffffffffffffff\","
                + "\"object_uri\":\"file:///a,b\"},\n{")
        .contains("\"n\":null,\"fault_pc\":\"0xa8\"")
        .endsWith("}\n]\n");
    assertThat(rendered(OutputFormat.NDJSON, 80, grid()).lines()).hasSize(2);
  }

  @Test
  void nothingIsStillAWholeDocument() throws IOException {
    assertThat(rendered(OutputFormat.JSON, 80, Grid.of(HEADINGS, List.of()))).isEqualTo("[\n]\n");
    assertThat(rendered(OutputFormat.NDJSON, 80, Grid.of(HEADINGS, List.of()))).isEmpty();
    assertThat(rendered(OutputFormat.TSV, 80, Grid.of(HEADINGS, List.of()))).hasLineCount(1);
    assertThat(rendered(OutputFormat.TABLE, 80, Grid.of(HEADINGS, List.of()))).hasLineCount(1);
  }

  @Test
  void nestedValuesAreJsonInJsonAndWordsElsewhere() throws IOException {
    Map<String, Value> frame = new LinkedHashMap<>();
    frame.put("pc", new Value.Address(0x10));
    frame.put("function", Value.MISSING);
    Value frames = new Value.Several(List.of(new Value.Named(frame)));
    Grid grid = Grid.of(List.of(Heading.words("frames")), List.of(List.of(frames)));
    assertThat(rendered(OutputFormat.NDJSON, 80, grid))
        .isEqualTo("{\"frames\":[{\"pc\":\"0x10\",\"function\":null}]}\n");
    grid = Grid.of(List.of(Heading.words("frames")), List.of(List.of(frames)));
    assertThat(rendered(OutputFormat.TSV, 80, grid)).isEqualTo("frames\npc=0x10\n");
  }

  @Test
  void aMillionRowsNeedNoMemory() throws IOException {
    java.util.Iterator<List<Value>> rows =
        java.util.stream.LongStream.range(0, 1_000_000)
            .mapToObj(n -> List.<Value>of(Value.whole(n)))
            .iterator();
    long[] written = new long[1];
    Appendable counting =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) {
            written[0] += text.length();
            return this;
          }

          @Override
          public Appendable append(CharSequence text, int from, int to) {
            written[0] += to - from;
            return this;
          }

          @Override
          public Appendable append(char letter) {
            written[0]++;
            return this;
          }
        };
    new TableRenderer(80, false).render(new Grid(List.of(Heading.numbers("n")), rows), counting);
    assertThat(written[0]).isGreaterThan(6_000_000);
  }

  @Test
  void sizesCountsMomentsAndCurvesReadWell() {
    assertThat(Words.size(812)).isEqualTo("812 B");
    assertThat(Words.size(14_890_000)).isEqualTo("14.2 MiB");
    assertThat(Words.size(45L << 40)).isEqualTo("45.0 TiB");
    assertThat(Words.count(5204, "core")).isEqualTo("5,204 cores");
    assertThat(Words.count(1, "core")).isEqualTo("1 core");
    assertThat(Words.brief(new Value.Moment(Instant.parse("2025-06-03T01:02:03.456Z"))))
        .isEqualTo("2025-06-03T01:02:03Z");
    assertThat(Sparkline.of(List.of(0L, 1L, 4L, 8L))).isEqualTo("·▁▄█");
    assertThat(Sparkline.bar(1, 1000, 10)).isEqualTo("▏");
    assertThat(Sparkline.bar(1000, 1000, 10)).isEqualTo("██████████");
  }

  @Test
  void truthsAreYesAndNoForPeopleAndTrueAndFalseForPrograms() throws IOException {
    Map<OutputFormat, String> line = new LinkedHashMap<>();
    for (OutputFormat format : OutputFormat.values()) {
      Value yes = new Value.Truth(true);
      Value both = new Value.Several(List.of(yes, new Value.Truth(false)));
      Grid grid =
          Grid.of(List.of(Heading.words("a"), Heading.words("b")), List.of(List.of(yes, both)));
      line.put(
          format,
          rendered(format, 80, grid)
              .lines()
              .filter(each -> each.matches(".*(yes|true).*"))
              .findFirst()
              .orElse(""));
    }
    assertThat(line)
        .containsEntry(OutputFormat.TABLE, "yes  yes no")
        .containsEntry(OutputFormat.MARKDOWN, "| yes | yes no |")
        .containsEntry(OutputFormat.TSV, "true\ttrue false")
        .containsEntry(OutputFormat.CSV, "true,true false")
        .containsEntry(OutputFormat.NDJSON, "{\"a\":true,\"b\":[true,false]}")
        .containsEntry(OutputFormat.JSON, "{\"a\":true,\"b\":[true,false]}");
  }

  @Test
  void widthsCountWhatATerminalShows() {
    assertThat(Width.of("abc")).isEqualTo(3);
    assertThat(Width.of("日本")).isEqualTo(4);
    assertThat(Width.of("e\u0301")).isEqualTo(1);
    assertThat(Width.cut("abcdef", 4)).isEqualTo("abc…");
    assertThat(Width.of(Width.cut("日本語日本語", 5))).isLessThanOrEqualTo(5);
  }
}
