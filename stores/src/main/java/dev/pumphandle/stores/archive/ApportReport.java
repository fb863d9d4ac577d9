package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.HeadedSource;
import dev.pumphandle.stores.PlainStream;
import dev.pumphandle.stores.SourceStream;
import dev.pumphandle.stores.StreamedSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One report of apport (`/var/crash/*.crash`): fields as in a mail's header, and the core as one
/// of them, in base64, compressed.
///
/// Source: apport 2.28 doc/data-format.tex and problem_report.py, write(): `Key: value`; lines of a
/// longer value begin with a space; binary values say `base64` and follow in lines, text fields
/// stand before them.
final class ApportReport implements Members {
  private static final String HANDLER = "apport/";
  private static final int LONGEST_VALUE = 64 << 10;
  private static final int LONGEST_LINE = 1 << 20;

  /// The core comes after all text: how much of that is looked through (bytes).
  private static final long MOST_TEXT = 16L << 20;

  private final ByteSource source;
  private final Limits limits;
  private final Map<String, String> said = new HashMap<>();
  private boolean done;
  private @Nullable String shortfall;

  ApportReport(ByteSource source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  static boolean begins(ByteView head) {
    return Texts.begins(head, "ProblemType: ");
  }

  @Override
  public String kind() {
    return "apport report";
  }

  @Override
  public Optional<String> shortfall() {
    return Optional.ofNullable(shortfall);
  }

  @Override
  public Optional<Member> next() throws IOException {
    if (done) {
      return Optional.empty();
    }
    done = true;
    long at = coreAt();
    Member.Body body =
        at < 0 ? new Member.Body.Missing("an apport report without CoreDump") : core(at);
    return Optional.of(new Member("CoreDump", source.length(), Optional.empty(), said, body));
  }

  private Member.Body core(long at) throws IOException {
    ByteSource lines =
        new SliceSource(source, at, Long.MAX_VALUE - at, source.name() + "!/CoreDump");
    return new Member.Body.Inside(
        HeadedSource.of(
            StreamedSource.over(
                lines,
                "apport",
                packed -> PlainStream.of(new Base64Lines(packed)),
                limits.scanLimit())));
  }

  /// Reads fields up to the core; where its lines begin, or -1.
  private long coreAt() throws IOException {
    SourceStream in = new SourceStream(source, 0);
    String key = "";
    StringBuilder value = new StringBuilder();
    while (in.position() < MOST_TEXT) {
      Optional<String> next = Texts.line(in, LONGEST_LINE);
      if (next.isEmpty()) {
        break;
      }
      String line = next.get();
      if (line.startsWith(" ")) {
        if (value.length() + line.length() < LONGEST_VALUE) {
          value.append(value.isEmpty() ? "" : "\n").append(line, 1, line.length());
        }
        continue;
      }
      keep(key, value);
      int colon = line.indexOf(':');
      key = colon < 0 ? "" : line.substring(0, colon);
      value.setLength(0);
      value.append(line.substring(colon + 1).strip());
      if (key.equals("CoreDump") && value.toString().equals("base64")) {
        return in.position();
      }
    }
    keep(key, value);
    return -1;
  }

  private void keep(String key, CharSequence value) {
    if (!key.isEmpty() && said.size() < 256 && !value.toString().equals("base64")) {
      said.put(HANDLER + key, value.toString());
    }
  }
}
