package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.LogColumns;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the Go runtime prints when it dies: a signal outside Go code with all registers, a panic
/// for a signal that nobody recovered, or a fatal error of its own.
///
/// Source: golang/go src/runtime/signal_unix.go, sighandler(), fatalsignal(); signal_amd64.go and
/// signal_arm64.go, dumpregs(); panic.go, printpanics(), dopanic_m(). `[signal SIGSEGV: …]` is
/// printed only on the way out: a panic that was recovered, as net/http does, has no such line.
///
/// Folklore: a Go program that dies of a panic exits with code 2 and leaves no core, unless
/// GOTRACEBACK says crash. Test: GoDialectTest.
public final class GoDialect implements Dialect {

  private static final Pattern SIGNAL =
      Pattern.compile("(SIG(?:SEGV|BUS|FPE|ILL|ABRT|TRAP|SYS|QUIT)): [a-z][a-z /-]*$");
  private static final Pattern PLACE =
      Pattern.compile("PC=(0x[0-9a-f]+) m=-?\\d+ sigcode=(-?\\d+)(?: addr=(0x[0-9a-f]+))?");
  private static final Pattern PANIC =
      Pattern.compile("(panic: .*|fatal error: .*|unexpected fault address .*)");
  /// A word right before it: `recovered from panic: …` tells of one that did no harm.
  private static final Pattern TOLD_OF = Pattern.compile("[a-z]:? $");
  private static final Pattern PANIC_SIGNAL =
      Pattern.compile(
          "\\[signal (SIG\\w+|0x[0-9a-f]+)(?:: [^=]*)? code=(0x[0-9a-f]+|-?\\d+) addr=(?:0x)?([0-9a-f]+)"
              + " pc=(?:0x)?([0-9a-f]+)]");
  private static final Pattern REGISTER =
      Pattern.compile("([a-z][a-z0-9]{0,6})\\s+0x([0-9a-f]{1,16})");
  private static final Pattern GOROUTINE =
      Pattern.compile("(?:goroutine \\d+ .*\\[.*]:|runtime stack:)");
  private static final Pattern CALL = Pattern.compile("([\\w./·$()*\\[\\]-]+)\\((.*)\\)$");
  private static final Pattern SOURCE =
      Pattern.compile(
          "\\s+(\\S+\\.(?:go|s|c)):\\d+(?: \\+0x([0-9a-f]+))?.*?(?: pc=0x([0-9a-f]+))?$");

  @Override
  public String name() {
    return "go";
  }

  @Override
  public List<String> literals() {
    return List.of("panic: ", "fatal error: ", "unexpected fault address ", "SIG");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    boolean panics =
        Lines.find(line, PANIC)
            .filter(found -> !TOLD_OF.matcher(line.text().substring(0, found.start())).find())
            .isPresent();
    if (panics || Lines.find(line, SIGNAL).isPresent()) {
      return Optional.of(new Death(line));
    }
    return Optional.empty();
  }

  private final class Death implements Report {
    private final Sighting sighting;
    private final boolean bySignal;
    private boolean certain;
    private boolean arm;
    private boolean traced;
    private Optional<String> function = Optional.empty();
    private int goroutines;

    Death(LogLine line) {
      this.sighting = new Sighting(name(), line);
      Optional<Matcher> signal = Lines.find(line, SIGNAL);
      this.bySignal = signal.isPresent();
      if (signal.isPresent()) {
        sighting.signal(SignalWords.number(signal.get().group(1)));
      } else {
        Lines.find(line, PANIC).ifPresent(panic -> sighting.abortMessage(panic.group(1)));
      }
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      Matcher place = PLACE.matcher(text);
      if (place.lookingAt()) {
        return place(place, line);
      }
      Matcher panicked = PANIC_SIGNAL.matcher(text);
      if (panicked.find()) {
        return panicked(panicked, line);
      }
      if (Lines.find(line, SIGNAL).isPresent()) {
        return Take.OVER;
      }
      if (!certain && isMore(text)) {
        return mine(line);
      }
      if (GOROUTINE.matcher(text).lookingAt()) {
        goroutines++;
        traced = true;
        certain |= fatal();
        return mine(line);
      }
      if (text.isBlank()
          || text.startsWith("signal arrived during")
          || text.startsWith("[recovered]")) {
        return Take.NOT_MINE;
      }
      return traced || certain ? traced(line) : Take.NOT_MINE;
    }

    /// A panic inside a panic, or a throw that says more.
    private boolean isMore(String text) {
      return text.stripLeading().startsWith("panic: ")
          || text.startsWith("fatal error: ")
          || text.startsWith("runtime: ");
    }

    private boolean fatal() {
      return sighting
          .row()
          .get(dev.pumphandle.linelist.EvidenceColumns.ABORT_MESSAGE)
          .filter(said -> said.startsWith("fatal error: "))
          .isPresent();
    }

    private Take mine(LogLine line) {
      sighting.text(line);
      if (line.text().startsWith("fatal error: ")) {
        sighting.abortMessage(line.text());
      }
      return Take.MINE;
    }

    private Take place(Matcher place, LogLine line) {
      certain = true;
      Lines.hex(place.group(1)).ifPresent(pc -> sighting.row().put(FaultColumns.FAULT_PC, pc));
      SignalWords.code(place.group(2)).ifPresent(sighting::code);
      if (place.group(3) != null) {
        Lines.hex(place.group(3)).ifPresent(sighting::address);
      }
      return mine(line);
    }

    private Take panicked(Matcher signal, LogLine line) {
      certain = true;
      String word = signal.group(1);
      OptionalInt number =
          word.startsWith("0x")
              ? OptionalInt.of((int) (long) Lines.hex(word).orElse(0L))
              : SignalWords.number(word);
      sighting.signal(number);
      SignalWords.code(signal.group(2)).ifPresent(sighting::code);
      if (SignalWords.isFault(number.orElse(0))) {
        Lines.hex(signal.group(3)).ifPresent(sighting::address);
      }
      Lines.hex(signal.group(4)).ifPresent(pc -> sighting.row().put(FaultColumns.FAULT_PC, pc));
      return mine(line);
    }

    private Take traced(LogLine line) {
      String text = line.text();
      Matcher register = REGISTER.matcher(text.strip());
      if (register.matches()) {
        return register(register, line);
      }
      Matcher call = CALL.matcher(text);
      if (goroutines == 1 && call.matches()) {
        function = Optional.of(call.group(1));
        return mine(line);
      }
      Matcher source = SOURCE.matcher(text);
      if (source.matches()) {
        if (goroutines == 1 && function.isPresent()) {
          long pc = Lines.hex(String.valueOf(source.group(3))).orElse(0L);
          sighting.frame(
              new FrameFact(
                  pc, function, Optional.of(source.group(1)), OptionalLong.empty(), "handler"));
        }
        function = Optional.empty();
        return Take.MINE;
      }
      if (text.startsWith("exit status 2")) {
        return Take.LAST;
      }
      return call.matches() || text.startsWith("created by ") ? Take.MINE : Take.NOT_MINE;
    }

    private Take register(Matcher register, LogLine line) {
      String label = register.group(1).toLowerCase(Locale.ROOT);
      arm |= label.equals("r0");
      Optional<Long> value = Lines.hex(register.group(2));
      if (label.equals("fault")) {
        value.ifPresent(sighting::address);
        return mine(line);
      }
      String name =
          arm
              ? label.matches("r\\d+")
                  ? "x" + label.substring(1)
                  : label.equals("lr") ? "x30" : label
              : label.equals("rflags") ? "eflags" : label;
      if (!name.matches("cs|fs|gs")) {
        value.ifPresent(found -> sighting.register(name, found));
      }
      return mine(line);
    }

    @Override
    public Optional<Sighting> end() {
      if (!certain) {
        return Optional.empty();
      }
      sighting.row().put(LogColumns.EXIT_CODE, 2);
      return bySignal
              || sighting.row().has(dev.pumphandle.linelist.SignalColumns.SIGNAL_NUMBER)
              || fatal()
          ? Optional.of(sighting)
          : Optional.empty();
    }
  }
}
