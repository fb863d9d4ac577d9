package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import java.util.List;

/// All dialects, in the order in which a line is offered to them: the first that opens a report has
/// it. Those that say more stand first.
public final class StandardDialects {

  private static final List<Dialect> ALL = List.of(new KernelDialect());

  private StandardDialects() {}

  /// The table.
  public static List<Dialect> all() {
    return ALL;
  }
}
