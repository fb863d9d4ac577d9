package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Rust program that ends itself: a stack that ran out, a panic while panicking, or one that
/// cannot be unwound. Each ends in abort().
///
/// An ordinary panic is none: it unwinds, the thread or the program ends with code 101, and the
/// kernel sees no signal. With `panic = "abort"` the same words come before a SIGABRT; then what
/// says so after them (a shell, systemd) is the report.
///
/// Source: rust-lang/rust library/std/src/sys/pal/unix/stack_overflow.rs; library/std/src/
/// panicking.rs, rust_panic_with_hook(); library/std/src/rt.rs, rtabort!. The thread's id in
/// brackets is there since 1.90.
public final class RustDialect implements Dialect {

  private static final Pattern OVERFLOWED =
      Pattern.compile("thread '(.*?)'(?: \\((\\d+)\\))? has overflowed its stack");

  private static final Pattern ABORTED =
      Pattern.compile(
          "(fatal runtime error: .*|thread panicked while processing panic\\. aborting\\."
              + "|thread caused non-unwinding panic\\. aborting\\."
              + "|thread panicked while panicking\\. aborting\\.)");

  @Override
  public String name() {
    return "rust";
  }

  @Override
  public List<String> literals() {
    return List.of(
        "has overflowed its stack",
        "fatal runtime error: ",
        "panic. aborting.",
        "panicking. aborting.");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> overflowed = Lines.find(line, OVERFLOWED);
    if (overflowed.isPresent()) {
      Sighting sighting =
          new Sighting(name(), line)
              .signal(SignalWords.SIGABRT)
              .abortMessage("has overflowed its stack");
      sighting.row().put(ProcessColumns.THREAD_NAME, overflowed.get().group(1));
      Lines.id(overflowed.get().group(2)).ifPresent(sighting::tid);
      return Optional.of(new Page(sighting));
    }
    return Lines.find(line, ABORTED)
        .map(
            aborted ->
                new Page(
                    new Sighting(name(), line)
                        .signal(SignalWords.SIGABRT)
                        .abortMessage(aborted.group(1))));
  }

  private static final class Page extends Told {

    Page(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      return line.text().startsWith("fatal runtime error: ") ? mine(line) : Take.NOT_MINE;
    }
  }
}
