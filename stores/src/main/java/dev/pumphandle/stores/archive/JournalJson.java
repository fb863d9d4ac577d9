package dev.pumphandle.stores.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.HeadedSource;
import dev.pumphandle.stores.SourceStream;
import dev.pumphandle.stores.StreamedSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cores in an export of the journal, as `journalctl -o json` writes it: one object a line.
///
/// Source: systemd docs/JOURNAL_EXPORT_FORMATS.md, "Journal JSON Format": values are texts; arrays
/// of numbers where they are not text; arrays of either where a field stands several times; null
/// where they are larger than 4,096 bytes and `--all` was not given.
final class JournalJson implements Members {
  private static final int LONGEST_VALUE = 64 << 10;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(16 << 20).maxNestingDepth(16).build())
          .build();

  private final ByteSource source;
  private final Limits limits;
  private final JsonParser json;
  private @Nullable String shortfall;

  JournalJson(ByteSource source, Limits limits) throws IOException {
    this.source = source;
    this.limits = limits;
    this.json = FACTORY.createParser(new SourceStream(source, 0));
  }

  /// An object with a field that the journal adds to every entry, or of systemd-coredump's.
  static boolean begins(ByteView head) {
    int length = Math.min(head.length(), 4096);
    String text = new String(head.slice(0, length).toArray(), StandardCharsets.ISO_8859_1);
    return text.startsWith("{")
        && (text.contains("\"__REALTIME_TIMESTAMP\"")
            || text.contains("\"__CURSOR\"")
            || text.contains("\"COREDUMP_"));
  }

  @Override
  public String kind() {
    return "journal export";
  }

  @Override
  public Optional<String> shortfall() {
    return Optional.ofNullable(shortfall);
  }

  @Override
  public Optional<Member> next() throws IOException {
    while (shortfall == null) {
      try {
        JsonToken begin = json.nextToken();
        if (begin == null) {
          return Optional.empty();
        }
        if (begin != JsonToken.START_OBJECT) {
          broken("expected an object, found " + begin);
          break;
        }
        Optional<Member> member = entry();
        if (member.isPresent()) {
          return member;
        }
      } catch (JsonProcessingException e) {
        broken(e.getOriginalMessage());
      }
    }
    return Optional.empty();
  }

  private Optional<Member> entry() throws IOException {
    Map<String, String> said = new HashMap<>();
    Optional<SliceSource> core = Optional.empty();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (field.equals("COREDUMP") && value == JsonToken.START_ARRAY) {
        long from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        long to = json.currentLocation().getByteOffset();
        core = Optional.of(new SliceSource(source, from, to - from, source.name() + "!/COREDUMP"));
      } else if (JournalFields.kept(field)) {
        Optional<String> text = text(value);
        if (text.isPresent()) {
          JournalFields.put(said, field, text.get());
        }
      } else {
        json.skipChildren();
      }
    }
    if (!JournalFields.tellsOfCore(said)) {
      return Optional.empty();
    }
    return Optional.of(
        new Member(
            JournalFields.name(said),
            core.map(SliceSource::bytes).orElse(0L),
            Optional.empty(),
            said,
            core.isPresent() ? inside(core.get()) : JournalFields.elsewhere(said)));
  }

  private Member.Body inside(SliceSource numbers) throws IOException {
    return new Member.Body.Inside(
        HeadedSource.of(
            StreamedSource.over(numbers, "journal", NumberArray::new, limits.scanLimit())));
  }

  /// The value as a text: the first of several; nothing where it was left out.
  private Optional<String> text(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
      return Optional.of(json.getText()).filter(text -> text.length() <= LONGEST_VALUE);
    }
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String first = null;
    for (JsonToken each = json.nextToken(); each != JsonToken.END_ARRAY; each = json.nextToken()) {
      if (each == JsonToken.VALUE_NUMBER_INT && bytes.size() < LONGEST_VALUE) {
        bytes.write(json.getIntValue());
      } else if (each == JsonToken.VALUE_STRING && first == null) {
        first = json.getText();
      } else {
        json.skipChildren();
      }
    }
    if (first != null) {
      return Optional.of(first);
    }
    return bytes.size() == 0
        ? Optional.empty()
        : Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }

  private void broken(String what) {
    shortfall =
        "journal export cut or broken at byte "
            + json.currentLocation().getByteOffset()
            + ": "
            + what.lines().findFirst().orElse("");
  }
}
