package dev.pumphandle.app.collect;

import dev.pumphandle.app.output.Sparkline;
import dev.pumphandle.app.output.Width;
import dev.pumphandle.app.output.Words;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// One line on standard error that is written over itself, where a person is watching; nothing
/// anywhere else. Safe for several threads.
public final class ProgressLine implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean watched;
  private final int columns;
  private long drawnAt = Long.MIN_VALUE / 2;
  private boolean drawn;

  /// A line on `err`.
  ///
  /// @param watched whether `err` is a terminal
  /// @param columns its width (characters)
  public ProgressLine(PrintStream err, boolean watched, int columns) {
    this.err = err;
    this.watched = watched;
    this.columns = columns;
  }

  /// Draws how far the round is, ten times a second at most.
  public synchronized void draw(Tally tally) {
    long now = System.nanoTime();
    if (!watched || now - drawnAt < BETWEEN.toNanos()) {
      return;
    }
    drawnAt = now;
    drawn = true;
    err.print(ERASE + Width.cut(text(tally), columns - 1));
    err.flush();
  }

  /// Says a sentence above the line.
  public synchronized void say(String sentence) {
    close();
    err.println(sentence);
  }

  /// Takes the line away.
  @Override
  public synchronized void close() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
    }
  }

  static String text(Tally tally) {
    String rate = String.format(Locale.ROOT, "%,.0f cores/s", tally.rate());
    String read = Words.size(tally.bytesRead()) + " read of " + Words.size(tally.bytesStored());
    if (tally.all().isEmpty()) {
      return "Reading  " + Words.count(tally.done(), "core") + "  " + rate + "  " + read;
    }
    long all = Math.max(tally.all().getAsLong(), tally.begun());
    long percent = all == 0 ? 100 : tally.done() * 100 / all;
    return "Reading  "
        + Width.pad(Sparkline.bar(tally.done(), Math.max(1, all), 16), 16)
        + String.format(Locale.ROOT, " %3d %%  ", percent)
        + Words.count(tally.done())
        + "/"
        + Words.count(all)
        + "  "
        + rate
        + eta(tally, all)
        + "  "
        + read;
  }

  private static String eta(Tally tally, long all) {
    if (tally.rate() <= 0 || all <= tally.done()) {
      return "";
    }
    long seconds = Math.round((all - tally.done()) / tally.rate());
    return "  eta " + duration(Duration.ofSeconds(Math.max(1, seconds)));
  }

  /// A length of time in the two units that suit it: `3 s`, `4 m 05 s`, `2 h 10 m`.
  static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d m", seconds / 3600, seconds / 60 % 60);
  }
}
