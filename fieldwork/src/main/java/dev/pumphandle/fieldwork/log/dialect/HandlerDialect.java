package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.RegisterText;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What programs with a handler of their own print first: the signal, in words that many share, and
/// then a stack trace in one of a few forms.
///
/// Source: the handlers of MySQL (`got signal 11 ;`), Ceph (`Caught signal (…)`), Open MPI
/// (`Signal: … (11)`), Android (`Fatal signal 11 (SIGSEGV), code 1 …`), Redis (`crashed by signal:
/// 11`), ClickHouse (`Received signal …`), CPython's faulthandler (`Fatal Python error: …`), Julia
/// (`signal (11): …`), R (`caught segfault`), libgfortran (`Program received signal …`).
public final class HandlerDialect implements Dialect {

  private static final String NAMES =
      "(SIG[A-Z]+|[Ss]egmentation [Ff]ault|[Ss]egmentation violation|Aborted|Abort|Bus error|Illegal instruction|Illegal operation|Floating[ -]point exception|segfault)";

  /// Group `s`: the signal; `c`: its code; `a`: the address; `p`: the process; `t`: the thread.
  private static final List<Pattern> BANNERS =
      List.of(
          Pattern.compile(
              "(?:.{0,40} - )?(?:mysqld|mariadbd|mysqld-debug) got signal (?<s>\\d+) ?;"),
          Pattern.compile("\\*\\*\\* Caught signal \\((?<s>[A-Z][A-Za-z -]+)\\) \\*\\*"),
          Pattern.compile(
              "Fatal signal (?<s>\\d+) \\(SIG[A-Z]+\\)(?:, code (?<c>-?\\d+)(?: \\([^)]*\\))?)?(?:(?:,)? (?:at|fault addr) (?<a>0x[0-9a-f]+))?.*?(?:in tid (?<t>\\d+)(?: \\([^)]*\\))?)?(?:, pid (?<p>\\d+).*)?$"),
          Pattern.compile(
              "signal (?<s>\\d+) \\(SIG[A-Z]+\\), code (?<c>-?\\d+) \\([^)]*\\), fault addr (?<a>0x[0-9a-f]+|--------).*"),
          Pattern.compile(
              "(?:# )?\\S+ \\S+ crashed by signal: (?<s>\\d+)(?:, si_code: (?<c>-?\\d+))?"),
          Pattern.compile("(?:\\(.*\\) )?Received signal (?<s>[A-Z][A-Za-z ]+ \\(\\d+\\))\\s*$"),
          Pattern.compile(
              "\\(from thread (?<t>\\d+)\\).*Received signal (?<s>[A-Z][A-Za-z -]+ \\(\\d+\\)|\\d+)"),
          Pattern.compile(
              "Fatal Python error: (?<s>Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception)"),
          Pattern.compile(
              "(?:\\[(?<p>\\d+)] )?signal (?:\\()?(?<s>\\d+)(?:\\.\\d+)?\\)?(?: \\(\\d\\))?: (?:Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception|Abort trap).*"),
          Pattern.compile("\\*\\*\\* caught (?<s>segfault|bus error|illegal operation) \\*\\*\\*"),
          Pattern.compile("Program received signal (?<s>SIG[A-Z]+): [A-Z].*"),
          Pattern.compile(
              "Signal: (?<s>" + NAMES.substring(1, NAMES.length() - 1) + ") \\(\\d+\\)"),
          Pattern.compile(
              "(?:FATAL|Fatal|fatal|CRITICAL|Critical)?:? ?(?:[Cc]aught|[Gg]ot|[Rr]eceived|Crashed with|[Hh]andling|Terminated by|[Dd]ied on|[Cc]rashed by)(?: (?:a |unexpected |fatal |deadly ))? ?signal:? (?<s>SIG[A-Z]+|\\d{1,2}(?= ?[(:,!]))"),
          Pattern.compile("\\[BUG] (?<s>Segmentation fault)(?: at (?<a>0x[0-9a-f]+))?"));

  private static final Pattern CODE =
      Pattern.compile("^\\s*(?:\\[\\S+] )?Signal code: ([A-Za-z ]*) ?\\(?(-?\\d+)?\\)?");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:Failing at address: |^Address: |Accessing address: |^address )(0x[0-9a-f]+|\\(nil\\))");
  private static final Pattern INSTRUCTION =
      Pattern.compile("(?:[Cc]rashed running the instruction at: )(0x[0-9a-f]+)");
  private static final Pattern PROCESS =
      Pattern.compile("^pid: (\\d+), tid: (\\d+), name: (.{1,15}?)  >>> ");
  private static final Pattern THREAD =
      Pattern.compile("^ ?in thread ([0-9a-f]+) thread_name:(\\S+)");
  private static final Pattern BOOST = Pattern.compile("^\\s*(\\d+)# (.+?)(?: (?:at|in) (\\S+))?$");
  private static final Pattern REDIS = Pattern.compile("^(\\d+):[MSCX] \\d");
  private static final Pattern OPEN_MPI = Pattern.compile("^\\[([^:\\]\\s]+):(\\d+)] ");

  @Override
  public String name() {
    return "handler";
  }

  @Override
  public List<String> literals() {
    return List.of(
        " got signal ",
        " signal: ",
        "aught signal",
        "ot signal",
        "eceived signal",
        "atal signal ",
        "crashed by signal",
        "Fatal Python error: ",
        "signal (",
        "signal 11 (SIG",
        "signal 6 (SIG",
        "signal 7 (SIG",
        "signal 4 (SIG",
        "signal 8 (SIG",
        "*** caught ",
        "Signal: ",
        "[BUG] Segmentation fault");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    for (Pattern banner : BANNERS) {
      Optional<Matcher> found = Lines.find(line, banner);
      if (found.isPresent()) {
        return sighting(line, found.get()).map(Page::new);
      }
    }
    return Optional.empty();
  }

  private Optional<Sighting> sighting(LogLine line, Matcher found) {
    String word = found.group("s").replaceFirst(" \\(\\d+\\)$", "");
    OptionalInt signal = SignalWords.number(word);
    if (!SignalWords.isCrash(signal.orElse(0))) {
      return Optional.empty();
    }
    Sighting sighting = new Sighting(name(), line).signal(signal);
    group(found, "c").ifPresent(code -> SignalWords.code(code).ifPresent(sighting::code));
    if (SignalWords.isFault(signal.getAsInt())) {
      group(found, "a").flatMap(Lines::hex).ifPresent(sighting::address);
    }
    group(found, "p").flatMap(Lines::id).ifPresent(sighting::pid);
    group(found, "t").flatMap(Lines::id).ifPresent(sighting::tid);
    Matcher redis = REDIS.matcher(line.text());
    if (redis.find()) {
      Lines.id(redis.group(1)).ifPresent(sighting::pid);
    }
    Matcher mpi = OPEN_MPI.matcher(line.text());
    if (mpi.find()) {
      Lines.id(mpi.group(2)).ifPresent(sighting::pid);
      sighting.row().put(dev.pumphandle.linelist.PlaceColumns.HOST_NAME, mpi.group(1));
    }
    return Optional.of(sighting);
  }

  private static Optional<String> group(Matcher found, String name) {
    return found.namedGroups().containsKey(name)
        ? Optional.ofNullable(found.group(name))
        : Optional.empty();
  }

  private static final class Page extends Told {
    private boolean arm;

    Page(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      return detail(line.text()) || frame(line.text()) ? mine(line) : Take.NOT_MINE;
    }

    private boolean detail(String text) {
      Matcher code = CODE.matcher(text);
      Matcher address = ADDRESS.matcher(text);
      Matcher instruction = INSTRUCTION.matcher(text);
      Matcher process = PROCESS.matcher(text);
      Matcher thread = THREAD.matcher(text);
      boolean found = false;
      if (code.find()) {
        found = true;
        String number = code.group(2) == null ? code.group(1).strip() : code.group(2);
        SignalWords.code(number).ifPresent(sighting()::code);
      }
      if (address.find()) {
        found = true;
        Lines.hex(address.group(1).replace("(nil)", "0")).ifPresent(sighting()::address);
      }
      if (instruction.find()) {
        found = true;
        Lines.hex(instruction.group(1))
            .ifPresent(
                pc -> sighting().row().put(dev.pumphandle.linelist.FaultColumns.FAULT_PC, pc));
      }
      if (process.find()) {
        found = true;
        Lines.id(process.group(1)).ifPresent(sighting()::pid);
        Lines.id(process.group(2)).ifPresent(sighting()::tid);
      }
      if (thread.find()) {
        found = true;
        sighting().row().put(dev.pumphandle.linelist.ProcessColumns.THREAD_NAME, thread.group(2));
      }
      return found;
    }

    private boolean frame(String text) {
      Matcher boost = BOOST.matcher(text);
      if (boost.matches()) {
        sighting().frame(boost(boost));
        return true;
      }
      Optional<FrameFact> frame =
          FrameText.symbols(text).or(() -> FrameText.numbered(text)).or(() -> FrameText.at(text));
      if (frame.isPresent()) {
        sighting().frame(frame.get());
        return true;
      }
      arm |= text.matches(".*\\bx\\d{1,2} +[0-9a-f]{16}.*");
      return RegisterText.read(text, arm, sighting()) > 1;
    }

    private static FrameFact boost(Matcher boost) {
      String function = boost.group(2);
      boolean bare = function.matches("0x[0-9A-Fa-f]+");
      return new FrameFact(
          bare ? Lines.hex(function).orElse(0L) : 0,
          bare ? Optional.empty() : Optional.of(function),
          Optional.ofNullable(boost.group(3)),
          java.util.OptionalLong.empty(),
          "handler");
    }
  }
}
