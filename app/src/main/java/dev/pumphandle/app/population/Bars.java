package dev.pumphandle.app.population;

import dev.pumphandle.app.output.Sparkline;
import dev.pumphandle.app.output.Width;
import dev.pumphandle.app.output.Words;
import java.io.IOException;
import java.util.List;

/// Counts as labelled bars, for a screen.
public final class Bars {
  private static final int LONGEST_NAME = 28;

  private Bars() {}

  /// One line per count: name, number, bar, note.
  ///
  /// @param columns the width to write for (characters)
  /// @throws IOException when `out` refuses
  public static void write(List<Count> counts, int columns, Appendable out) throws IOException {
    long most = counts.stream().mapToLong(Count::cases).max().orElse(0);
    int names = counts.stream().mapToInt(each -> Width.of(each.name())).max().orElse(0);
    int digits = Words.count(most).length();
    int name = Math.min(LONGEST_NAME, names);
    int note = counts.stream().mapToInt(each -> Width.of(each.note())).max().orElse(0);
    int bar = Math.clamp(columns - name - digits - 6 - (note == 0 ? 0 : note + 2), 8, 50);
    for (Count each : counts) {
      String number = Words.count(each.cases());
      String line =
          "  "
              + Width.pad(each.name(), name)
              + "  "
              + " ".repeat(digits - number.length())
              + number
              + "  "
              + Width.pad(Sparkline.bar(each.cases(), most, bar), bar)
              + "  "
              + each.note();
      out.append(Width.cut(line.stripTrailing(), columns)).append('\n');
    }
  }
}
