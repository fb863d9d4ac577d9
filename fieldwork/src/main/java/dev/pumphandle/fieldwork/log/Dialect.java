package dev.pumphandle.fieldwork.log;

import java.util.List;
import java.util.Optional;

/// One way in which a death is written into a log.
///
/// A dialect keeps nothing between lines: what it needs to remember it puts into the [Report] that
/// it opens. It never throws for what a line holds.
public interface Dialect {

  /// Its name, as the column `evidence` has it.
  String name();

  /// Literals of which every opening line holds at least one. The scan passes over all other lines
  /// without looking closer, so they decide how fast a day of logs is read: the rarer the better.
  ///
  /// Printable ASCII, without the characters that JSON writers escape (`"`, `\`, `<`, `>`, `&`):
  /// the line may lie inside a JSON string.
  List<String> literals();

  /// The report that this line opens, when it opens one.
  Optional<Report> open(LogLine line);
}
