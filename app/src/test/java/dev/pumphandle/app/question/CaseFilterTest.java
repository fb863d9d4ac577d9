package dev.pumphandle.app.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.app.CommandException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseFilterTest {
  private static final ColumnKinds COLUMNS =
      new ColumnKinds(
          Map.of(
              "label", ColumnKind.TEXT,
              "cloud_region", ColumnKind.TEXT,
              "service_version", ColumnKind.TEXT,
              "process_pid", ColumnKind.NUMBER,
              "fault_pc", ColumnKind.ADDRESS,
              "one", ColumnKind.TRUTH,
              "labels_met", ColumnKind.LIST_OF_TEXT,
              "frames", ColumnKind.NESTED));

  private static String sql(String filter) {
    return CaseFilter.parse(filter).toSql(COLUMNS);
  }

  @Test
  void nothingAskedIsEverything() {
    assertThat(sql("")).isEqualTo("true");
    assertThat(sql(" , ")).isEqualTo("true");
  }

  @Test
  void termsHoldTogetherAndTheSameColumnTwiceMeansEither() {
    assertThat(sql("label:a,region:eu,label:b"))
        .isEqualTo("(\"cloud_region\" = 'eu') and (\"label\" = 'a' or \"label\" = 'b')");
  }

  @Test
  void aMinusTurnsOneRoundAndKeepsWhatIsUnknown() {
    assertThat(sql("-version:1")).isEqualTo("(\"service_version\" = '1') is not true");
  }

  @Test
  void anEmptyValueAsksForTheUnknown() {
    assertThat(sql("region:")).isEqualTo("(\"cloud_region\" is null)");
    assertThat(sql("-region:")).isEqualTo("(\"cloud_region\" is null) is not true");
  }

  @Test
  void aStarStandsForAnyCharactersAndNothingElseDoes() {
    assertThat(sql("label:a_b%*")).isEqualTo("(\"label\" like 'a\\_b\\%%' escape '\\')");
  }

  @Test
  void aQuoteInAValueCannotEndTheLiteral() {
    assertThat(sql("label:x' or 1=1 --")).isEqualTo("(\"label\" = 'x'' or 1=1 --')");
    assertThat(sql("label:\"a,b\"")).isEqualTo("(\"label\" = 'a,b')");
  }

  @Test
  void numbersAddressesListsAndTruthsCompareAsSuch() {
    assertThat(sql("pid:42")).isEqualTo("(\"process_pid\" = 42)");
    assertThat(sql("fault_pc:0xFF")).isEqualTo("(\"fault_pc\" = 255::ubigint)");
    assertThat(sql("fault_pc:0xffffffffffffffff")).contains("18446744073709551615");
    assertThat(sql("labels_met:a")).isEqualTo("(list_contains(\"labels_met\", 'a'))");
    assertThat(sql("one:yes,-one:no")).isEqualTo("(\"one\") and (not \"one\") is not true");
  }

  @Test
  void whatIsNoFilterIsSaidWithWhatWasExpected() {
    refused("label", "expected column:value");
    refused("labell:x", "no such column, did you mean label?");
    refused("pid:abc", "expected a number");
    refused("fault_pc:xyz", "expected an address");
    refused("one:perhaps", "expected yes or no");
    refused("frames:x", "--where");
    refused("label:\"x", "closing quote");
  }

  private static void refused(String filter, String words) {
    assertThatThrownBy(() -> sql(filter))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(words);
  }
}
