package dev.pumphandle.app.question;

import dev.pumphandle.app.output.Grid;
import dev.pumphandle.app.output.Heading;
import dev.pumphandle.app.output.Value;
import dev.pumphandle.registry.Answer;
import dev.pumphandle.registry.Answer.AnswerColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/// An answer of the registry as a grid, row by row.
///
/// Unsigned 64-bit numbers are addresses and words of memory: the line list has no others, and
/// counts and sizes are signed.
public final class AnswerGrid implements Iterator<List<Value>> {
  private static final Set<String> NUMBERS =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "DOUBLE", "FLOAT");

  /// Columns that name things: half a name names nothing.
  private static final Set<String> WHOLE = Set.of("case_id", "observed_at", "label", "label_tier");

  private final Answer answer;
  private boolean stepped;
  private boolean more;

  private AnswerGrid(Answer answer) {
    this.answer = answer;
  }

  /// The rows still to come of an answer, which stays open until they have been read.
  public static Grid of(Answer answer) {
    return new Grid(
        answer.columns().stream().map(AnswerGrid::heading).toList(), new AnswerGrid(answer));
  }

  private static Heading heading(AnswerColumn column) {
    boolean number = NUMBERS.contains(column.sqlType()) || column.sqlType().startsWith("DECIMAL");
    if (number) {
      return Heading.numbers(column.name());
    }
    boolean whole = column.sqlType().startsWith("TIMESTAMP") || WHOLE.contains(column.name());
    return whole ? Heading.whole(column.name()) : Heading.words(column.name());
  }

  @Override
  public boolean hasNext() {
    if (!stepped) {
      try {
        more = answer.next();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      stepped = true;
    }
    return more;
  }

  @Override
  public List<Value> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    stepped = false;
    List<Value> row = new ArrayList<>();
    try {
      for (int at = 0; at < answer.columns().size(); at++) {
        row.add(value(answer.value(at), answer.columns().get(at).sqlType()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return row;
  }

  private static Value value(Optional<Object> present, String sqlType) {
    if (present.isEmpty()) {
      return Value.MISSING;
    }
    Object value = present.get();
    if (value instanceof BigInteger number && !sqlType.equals("UBIGINT")) {
      return sqlType.equals("HUGEINT") || sqlType.equals("UHUGEINT")
          ? new Value.Whole(new BigDecimal(number))
          : new Value.Address(number.longValue());
    }
    return nested(value);
  }

  private static Value nested(Object value) {
    return switch (value) {
      case String text -> Value.text(text);
      case Boolean truth -> new Value.Truth(truth);
      case Long number -> Value.whole(number);
      case BigInteger word -> new Value.Address(word.longValue());
      case BigDecimal number -> new Value.Whole(number);
      case Double number -> new Value.Decimal(number);
      case Instant at -> new Value.Moment(at);
      case Optional<?> maybe -> maybe.map(AnswerGrid::nested).orElse(Value.MISSING);
      case List<?> several -> new Value.Several(several.stream().map(AnswerGrid::nested).toList());
      case Map<?, ?> named -> {
        Map<String, Value> values = new LinkedHashMap<>();
        named.forEach((name, each) -> values.put(String.valueOf(name), nested(each)));
        yield new Value.Named(values);
      }
      default -> Value.text(value.toString());
    };
  }
}
