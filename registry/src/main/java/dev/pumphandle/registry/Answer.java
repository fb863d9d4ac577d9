package dev.pumphandle.registry;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answer to a question, row by row. Close it when done.
///
/// ```java
/// while (answer.next()) { Optional<Object> label = answer.value(0); … }
/// ```
public final class Answer implements AutoCloseable {

  /// One column of an answer.
  ///
  /// @param name the name
  /// @param sqlType the type as DuckDB names it, such as `UBIGINT` or `VARCHAR[]`
  public record AnswerColumn(String name, String sqlType) {}

  private final Statement statement;
  private final ResultSet rows;
  private final List<AnswerColumn> columns;

  Answer(Statement statement, ResultSet rows) throws SQLException {
    this.statement = statement;
    this.rows = rows;
    ResultSetMetaData shape = rows.getMetaData();
    List<AnswerColumn> list = new ArrayList<>();
    for (int i = 1; i <= shape.getColumnCount(); i++) {
      list.add(new AnswerColumn(shape.getColumnLabel(i), shape.getColumnTypeName(i)));
    }
    columns = List.copyOf(list);
  }

  /// The columns, in order.
  public List<AnswerColumn> columns() {
    return columns;
  }

  /// Steps to the next row.
  ///
  /// @return false when there is none
  public boolean next() throws IOException {
    try {
      return rows.next();
    } catch (SQLException e) {
      throw new RegistryException.BadQuery(DuckMessage.forQuery(e.getMessage()));
    }
  }

  /// A value of the current row: `String`, `Boolean`, `Long` (signed numbers), `BigInteger`
  /// (unsigned
  /// words), `Double`, `BigDecimal`, `Instant`, `LocalDate`, `List`, or `Map` (maps and structs, in
  /// order); empty for null.
  ///
  /// @param column counted from 0
  public Optional<Object> value(int column) throws IOException {
    try {
      return AnswerValue.of(rows.getObject(column + 1));
    } catch (SQLException e) {
      throw new RegistryException.BadQuery(DuckMessage.forQuery(e.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    try (statement;
        rows) {
      // Both are closed by leaving.
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + DuckMessage.firstLine(e.getMessage()), e);
    }
  }
}
