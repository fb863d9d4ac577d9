package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.SignalColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What LLVM's tools print: a stack dump without the signal, which shows in its frames or in what
/// the driver says after it.
///
/// Source: llvm-project llvm/lib/Support/PrettyStackTrace.cpp; lib/Support/Unix/Signals.inc,
/// PrintStackTrace(); clang/lib/Driver/Driver.cpp, `frontend command failed …`.
public final class LlvmDialect implements Dialect {

  private static final Pattern SUBMIT =
      Pattern.compile(
          "^(?:PLEASE submit a bug report to .* and include the crash backtrace|Stack dump(?: without symbol names.*)?:)");

  private static final Pattern PROGRAM = Pattern.compile("^0\\.\\s+Program arguments: (\\S+)");

  private static final Pattern EXIT =
      Pattern.compile("(?:exit code (\\d{3})|due to signal \\d* ?|failed due to signal)");

  private static final Pattern COMMAND =
      Pattern.compile("unable to execute command: ([A-Z][A-Za-z /]+?)(?: \\(core dumped\\))?$");

  @Override
  public String name() {
    return "llvm";
  }

  @Override
  public List<String> literals() {
    return List.of("include the crash backtrace", "Stack dump");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    return SUBMIT.matcher(line.text()).find()
        ? Optional.of(new Page(new Sighting(name(), line), line.text().startsWith("Stack dump")))
        : Optional.empty();
  }

  private static final class Page extends Told {
    private boolean dumped;

    Page(Sighting sighting, boolean dumped) {
      super(sighting);
      this.dumped = dumped;
    }

    @Override
    public Take take(LogLine line) {
      String text = line.text();
      if (SUBMIT.matcher(text).find()) {
        dumped = true;
        return mine(line);
      }
      Matcher program = PROGRAM.matcher(text);
      if (program.find()) {
        String path = program.group(1);
        sighting().executable(path.substring(path.lastIndexOf('/') + 1));
        return mine(line);
      }
      Optional<FrameFact> frame = FrameText.numbered(text).or(() -> FrameText.symbols(text));
      if (frame.isPresent()) {
        sighting().frame(frame.get());
        return mine(line);
      }
      Matcher command = COMMAND.matcher(text);
      Matcher exit = EXIT.matcher(text);
      if (command.find()) {
        sighting().signal(SignalWords.number(command.group(1)));
        return mine(line);
      }
      if (exit.find() && exit.group(1) != null) {
        int code = Integer.parseInt(exit.group(1));
        if (code > 128) {
          sighting().signal(code - 128);
        }
        return mine(line);
      }
      var shell = SignalWords.number(text.replace(" (core dumped)", ""));
      if (shell.isPresent() && text.matches("[A-Z][a-z /]+(?: \\(core dumped\\))?")) {
        sighting().signal(shell);
        return Take.LAST;
      }
      return text.matches("^\\d+\\.\\s.*") ? mine(line) : Take.NOT_MINE;
    }

    @Override
    public Optional<Sighting> end() {
      if (!dumped
          || (sighting().frames().isEmpty()
              && !sighting().row().has(SignalColumns.SIGNAL_NUMBER))) {
        return Optional.empty();
      }
      boolean aborted =
          sighting().frames().stream()
              .anyMatch(frame -> frame.function().filter(Handlers::aborts).isPresent());
      if (aborted && !sighting().row().has(SignalColumns.SIGNAL_NUMBER)) {
        sighting().signal(SignalWords.SIGABRT);
      }
      return Optional.of(sighting());
    }
  }
}
