package dev.pumphandle.fieldwork.log;

import java.util.Optional;

/// What one dialect is told of one death, line by line.
///
/// Not safe for several threads.
public interface Report {

  /// What a report says to a line.
  enum Take {
    /// It belongs to me.
    MINE,
    /// It belongs to me, and I am complete.
    LAST,
    /// It does not belong to me; I wait for more.
    NOT_MINE,
    /// It does not belong to me, and nothing more will: another death, or another page.
    OVER
  }

  /// Offers the next line of the same stream.
  Take take(LogLine line);

  /// Ends the report. Empty where it turned out that nobody died.
  Optional<Sighting> end();

  /// A report that its opening line tells completely.
  static Report whole(Sighting sighting) {
    return new Report() {
      @Override
      public Take take(LogLine line) {
        return Take.OVER;
      }

      @Override
      public Optional<Sighting> end() {
        return Optional.of(sighting);
      }
    };
  }
}
