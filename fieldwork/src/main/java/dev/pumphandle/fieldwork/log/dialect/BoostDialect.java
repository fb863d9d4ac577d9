package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.SignalColumns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stack trace of Boost.Stacktrace that a signal's handler printed. It names no signal: the
/// frames tell whether a handler printed it, and whether abort() was on the way. Any other trace is
/// only a trace.
///
/// Source: boost/stacktrace/detail/frame_unwind.ipp, to_string(): ` 0# name at file:line`, or ` in
/// module` where the source is not known.
public final class BoostDialect implements Dialect {

  private static final Pattern FIRST = Pattern.compile("^\\s*0# (.+?)(?: (at|in) (\\S+))?$");
  private static final Pattern FRAME = Pattern.compile("^\\s*\\d+# (.+?)(?: (at|in) (\\S+))?$");

  @Override
  public String name() {
    return "boost";
  }

  @Override
  public List<String> literals() {
    return List.of(" 0# ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Matcher first = FIRST.matcher(line.text());
    return first.matches()
        ? Optional.of(new Trace(new Sighting(name(), line).frame(frame(first))))
        : Optional.empty();
  }

  private static FrameFact frame(Matcher found) {
    String function = found.group(1);
    boolean bare = function.matches("0x[0-9A-Fa-f]+");
    boolean module = "in".equals(found.group(2));
    return new FrameFact(
        bare ? Lines.hex(function).orElse(0L) : 0,
        bare ? Optional.empty() : Optional.of(function),
        module ? Optional.of(found.group(3)) : Optional.empty(),
        OptionalLong.empty(),
        "handler");
  }

  private static final class Trace implements Report {
    private final Sighting sighting;

    Trace(Sighting sighting) {
      this.sighting = sighting;
    }

    @Override
    public Take take(LogLine line) {
      Matcher frame = FRAME.matcher(line.text());
      if (frame.matches() && !FIRST.matcher(line.text()).matches()) {
        sighting.frame(frame(frame)).text(line);
        return Take.MINE;
      }
      return Take.OVER;
    }

    @Override
    public Optional<Sighting> end() {
      boolean aborts =
          sighting.frames().stream()
              .anyMatch(f -> f.function().filter(Handlers::aborts).isPresent());
      boolean handles =
          sighting.frames().stream()
              .anyMatch(f -> f.function().filter(Handlers::handles).isPresent());
      if (aborts) {
        sighting.signal(SignalWords.SIGABRT);
      } else if (handles) {
        sighting.missing(SignalColumns.SIGNAL_NUMBER, "the trace names no signal");
      }
      return aborts || handles ? Optional.of(sighting) : Optional.empty();
    }
  }
}
