package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Lines;
import dev.pumphandle.linelist.FrameFact;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads stack frames as handlers print them.
final class FrameText {

  /// glog and folly: `    @     0x7f… name`, folly without `0x`; abseil with the frame's size
  /// between.
  private static final Pattern AT =
      Pattern.compile(
          "(?:^|[\\]:] ?)\\s*@\\s+(?:0x)?([0-9a-f]{4,16})(?:\\s+(\\d+|\\(unknown\\)(?=  )))?(?:\\s+(.*))?$");

  /// LLVM, sanitizers, Chromium, systemd-coredump: `#0 0x7f… name`, some with `in`.
  private static final Pattern NUMBERED =
      Pattern.compile("(?:^|\\s)#\\d+:?\\s+(?:0x)?([0-9a-f]{6,16})(?:\\s+(?:in\\s+)?(.*))?$");

  /// glibc's backtrace_symbols: `/usr/bin/leaf(name+0x12) [0x55…]`.
  private static final Pattern SYMBOLS =
      Pattern.compile(
          "(?:^|\\s)(/?[\\w./+@~-]+)\\(([^()\\s]*?(?:\\([^)]*\\))?[^()\\s]*?)(?:\\+(0x[0-9a-f]+))?\\)\\s?\\[(0x[0-9a-f]+)]");

  private static final Pattern FILE_OFFSET =
      Pattern.compile("\\(([^()\\s]+?) ?\\+ ?(0x[0-9a-f]+)\\)\\s*(?:\\(BuildId: \\w+\\))?$");

  private static final Pattern SOURCE_PLACE =
      Pattern.compile(
          "\\s+(?:\\(?\\.{0,2}/?[\\w./+-]+\\.\\w{1,4}:\\d+(?::\\d+)?\\)?|\\(in [^)]+\\))$");

  private FrameText() {}

  /// A frame of glog, folly or abseil.
  static Optional<FrameFact> at(String line) {
    Matcher frame = AT.matcher(line);
    return frame.find() ? frame(frame.group(1), frame.group(3)) : Optional.empty();
  }

  /// A numbered frame.
  static Optional<FrameFact> numbered(String line) {
    Matcher frame = NUMBERED.matcher(line);
    return frame.find() ? frame(frame.group(1), frame.group(2)) : Optional.empty();
  }

  /// A frame of glibc's backtrace_symbols().
  static Optional<FrameFact> symbols(String line) {
    Matcher frame = SYMBOLS.matcher(line);
    if (!frame.find()) {
      return Optional.empty();
    }
    Optional<String> function = Optional.of(frame.group(2)).filter(name -> !name.isEmpty());
    return Lines.hex(frame.group(4))
        .map(
            pc ->
                new FrameFact(
                    pc, function, Optional.of(frame.group(1)), OptionalLong.empty(), "handler"));
  }

  /// A frame of an address and whatever stands behind it.
  static Optional<FrameFact> frame(
      String address, @org.jspecify.annotations.Nullable String behind) {
    Optional<Long> pc = Lines.hex(address);
    if (pc.isEmpty()) {
      return Optional.empty();
    }
    String text = behind == null ? "" : behind.strip();
    Optional<String> file = Optional.empty();
    OptionalLong offset = OptionalLong.empty();
    Matcher place = FILE_OFFSET.matcher(text);
    if (place.find()) {
      file = Optional.of(place.group(1));
      Optional<Long> in = Lines.hex(place.group(2));
      offset = in.isPresent() ? OptionalLong.of(in.get()) : OptionalLong.empty();
      text = text.substring(0, place.start()).strip();
    }
    Matcher source = SOURCE_PLACE.matcher(text);
    if (source.find()) {
      text = text.substring(0, source.start()).strip();
    }
    Optional<String> function =
        Optional.of(text)
            .filter(
                name ->
                    !name.isEmpty()
                        && !name.startsWith("(unknown")
                        && !name.startsWith("(not found")
                        && !name.equals("n/a")
                        && !name.equals("<unknown>"));
    return Optional.of(new FrameFact(pc.get(), function, file, offset, "handler"));
  }
}
