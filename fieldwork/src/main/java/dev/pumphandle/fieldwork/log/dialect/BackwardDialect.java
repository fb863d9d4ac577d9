package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.SignalColumns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// backward-cpp's stack trace and, behind it, the signal in psiginfo()'s words. A trace without a
/// signal is only a trace.
///
/// Source: bombela/backward-cpp backward.hpp, Printer::print_header(), SignalHandling::
/// handleSignal(); glibc 2.36 stdio-common/psiginfo.c.
public final class BackwardDialect implements Dialect {

  private static final Pattern HEADER =
      Pattern.compile("Stack trace \\(most recent call (?:last|first)\\)(?: in thread (\\d+))?:");

  private static final Pattern OBJECT =
      Pattern.compile(
          "^#(\\d+)\\s+(?:Object \"([^\"]*)\", at (0x[0-9a-fA-F]+), in (.*)|Source \"([^\"]*)\", line \\d+, in (.*))$");

  private static final Pattern PSIGINFO =
      Pattern.compile(
          "^([A-Z][A-Za-z /-]+?) \\((.+?) (?:\\[(0x[0-9a-f]+|\\(nil\\))]|(\\d+) (\\d+))\\)$");

  @Override
  public String name() {
    return "backward";
  }

  @Override
  public List<String> literals() {
    return List.of("Stack trace (most recent call ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return Lines.find(line, HEADER)
        .map(
            header ->
                new Trace(
                    new Sighting(name(), line),
                    Optional.ofNullable(header.group(1)),
                    header.group().contains("last")));
  }

  private static final class Trace implements Report {
    private final Sighting sighting;
    private final boolean innermostLast;
    private final List<FrameFact> frames = new ArrayList<>();

    Trace(Sighting sighting, Optional<String> thread, boolean innermostLast) {
      this.sighting = sighting;
      this.innermostLast = innermostLast;
      thread.flatMap(Lines::id).ifPresent(sighting::tid);
    }

    @Override
    public Take take(LogLine line) {
      Matcher object = OBJECT.matcher(line.text().strip());
      if (object.matches()) {
        String function = object.group(4) == null ? object.group(6) : object.group(4);
        long pc = object.group(3) == null ? 0 : Lines.hex(object.group(3)).orElse(0L);
        frames.add(
            new FrameFact(
                pc,
                Optional.of(function).filter(name -> !name.isBlank()),
                Optional.ofNullable(object.group(2)),
                OptionalLong.empty(),
                "handler"));
        sighting.text(line);
        return Take.MINE;
      }
      Matcher info = PSIGINFO.matcher(line.text().strip());
      if (info.matches() && SignalWords.number(info.group(1)).isPresent()) {
        signal(info);
        sighting.text(line);
        return Take.LAST;
      }
      return line.text().startsWith(" ") || Lines.find(line, HEADER).isEmpty()
          ? Take.NOT_MINE
          : Take.OVER;
    }

    private void signal(Matcher info) {
      sighting.signal(SignalWords.number(info.group(1)));
      SignalWords.code(info.group(2)).ifPresent(sighting::code);
      if (info.group(3) != null) {
        Lines.hex(info.group(3).replace("(nil)", "0")).ifPresent(sighting::address);
      }
      Lines.id(info.group(4))
          .ifPresent(sender -> sighting.row().put(SignalColumns.SENDER_PID, sender));
    }

    @Override
    public Optional<Sighting> end() {
      if (!sighting.row().has(SignalColumns.SIGNAL_NUMBER)) {
        return Optional.empty();
      }
      if (innermostLast) {
        Collections.reverse(frames);
      }
      frames.forEach(sighting::frame);
      return Optional.of(sighting);
    }
  }
}
