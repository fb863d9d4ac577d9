package dev.pumphandle.epi.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every group of the vectors that R computed, at the tolerances that come with them.
class PublishedVectorsTest {

  private static final List<GroupResult> RESULTS = VectorSuite.evaluate(file());

  private static Node file() {
    try (InputStream in = PublishedVectorsTest.class.getResourceAsStream("/stats-vectors.json")) {
      return Node.of(new ObjectMapper().readValue(Objects.requireNonNull(in), Map.class));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyGroupAgrees() {
    return RESULTS.stream()
        .map(r -> DynamicTest.dynamicTest(r.group(), () -> assertThat(r.failures()).isEmpty()));
  }

  @Test
  void noGroupIsEmptyAndNoneIsMissing() {
    assertThat(RESULTS).allSatisfy(r -> assertThat(r.compared()).isPositive());
    assertThat(RESULTS.stream().map(GroupResult::group)).isEqualTo(VectorSuite.names());
  }
}
