package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.EvidenceColumns;
import dev.pumphandle.linelist.FrameFact;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a C or C++ program says just before it calls abort(): an assertion, an exception that
/// nobody caught, a heap found in disorder, a smashed stack, a failed check.
///
/// Source: glibc 2.36 assert/assert.c, malloc/malloc.c, malloc_printerr(), debug/fortify_fail.c;
/// libstdc++ libsupc++/vterminate.cc; glog src/logging.cc, LogMessage::SendToLog() (a line of
/// severity F); libc++abi abort_message.cpp.
public final class AbortDialect implements Dialect {

  private static final Pattern GLIBC =
      Pattern.compile(
          "(?:\\*\\*\\* (?:Error in )?[`'](?<path>[^`']+)': )?(?<said>\\*\\*\\* (?:stack smashing|buffer overflow|longjmp causes uninitialized stack frame)[^*]*\\*\\*\\*.*"
              + "|(?:free|malloc|realloc|calloc|munmap_chunk|malloc_consolidate|mremap_chunk|sysmalloc|_int_malloc|_int_free|tcache_thread_shutdown)\\(\\): (?:corrupted|invalid|double|unaligned|memory corruption|unsorted|mismatching|smallbin|largebin|too many|assertion|chunk)[^\"]*"
              + "|corrupted (?:double-linked list|size vs\\. prev_size).*|double free or corruption.*|malloc: .*(?:assertion|corrupt).*"
              + "|Fatal glibc error: .*)");

  private static final Pattern TERMINATE =
      Pattern.compile(
          "((?:terminate called (?:after throwing an instance of '.*'|without an active exception|recursively)|libc\\+\\+abi(?:\\.dylib)?: terminating.*|pure virtual method called))");

  private static final Pattern ASSERTION =
      Pattern.compile("(?:(\\S+): )?(\\S+:\\d+: .{1,400}: Assertion [`'].{1,400}' failed\\.?)$");

  private static final Pattern CHECK =
      Pattern.compile("(F(?:\\d{4})?\\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{6} +\\d+ \\S+:\\d+] .*)");

  private static final Pattern GLOG_THREAD =
      Pattern.compile("F(?:\\d{4})?\\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{6} +(\\d+) ");

  private static final Pattern MORE =
      Pattern.compile("^\\s+what\\(\\): .*|^\\*\\*\\* Check failure stack trace: \\*\\*\\*.*");

  @Override
  public String name() {
    return "abort-message";
  }

  @Override
  public List<String> literals() {
    return List.of(
        "terminate called ",
        "abi: terminating",
        "pure virtual method called",
        " failed.",
        "' failed",
        "(): ",
        "double free or corruption",
        "corrupted ",
        "stack smashing detected",
        "buffer overflow detected",
        "Fatal glibc error: ",
        "] Check failed: ",
        "] CHECK failed: ");
  }

  @Override
  public Optional<Report> open(LogLine line) {
    Optional<Matcher> glibc = Lines.find(line, GLIBC);
    if (glibc.isPresent()) {
      return Optional.of(new Page(sighting(line, glibc.get().group("said"))));
    }
    Optional<Matcher> terminate = Lines.find(line, TERMINATE);
    if (terminate.isPresent()) {
      return Optional.of(new Page(sighting(line, terminate.get().group(1))));
    }
    Optional<Matcher> assertion = Lines.find(line, ASSERTION);
    if (assertion.isPresent()) {
      Sighting sighting = sighting(line, assertion.get().group(2));
      String program = assertion.get().group(1);
      return Optional.of(new Page(program == null ? sighting : sighting.executable(name(program))));
    }
    return Lines.find(line, CHECK)
        .filter(
            _ ->
                line.text().contains("] Check failed: ")
                    || line.text().contains("] CHECK failed: "))
        .map(check -> new Page(checked(line, check.group(1))));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Sighting sighting(LogLine line, String said) {
    return new Sighting(name(), line)
        .signal(SignalWords.SIGABRT)
        .abortMessage(said.replaceFirst(":? 0x[0-9a-f]+ \\*\\*\\*$", "").strip());
  }

  private Sighting checked(LogLine line, String said) {
    Sighting sighting = sighting(line, said.substring(said.indexOf("] ") + 2));
    Matcher thread = GLOG_THREAD.matcher(said);
    if (thread.lookingAt()) {
      Lines.id(thread.group(1)).ifPresent(sighting::tid);
    }
    return sighting;
  }

  private static final class Page extends Told {

    Page(Sighting sighting) {
      super(sighting);
    }

    @Override
    public Take take(LogLine line) {
      if (MORE.matcher(line.text()).matches()) {
        if (line.text().contains("what():")) {
          String said = sighting().row().get(EvidenceColumns.ABORT_MESSAGE).orElse("");
          sighting().abortMessage(said + "; " + line.text().strip());
        }
        return mine(line);
      }
      Optional<FrameFact> frame = FrameText.at(line.text());
      frame.ifPresent(sighting()::frame);
      return frame.isPresent() ? mine(line) : Take.NOT_MINE;
    }
  }
}
