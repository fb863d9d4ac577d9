package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.HeadedSource;
import dev.pumphandle.stores.SourceStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cores in an export of the journal, as `journalctl -o export` writes it.
///
/// Source: systemd docs/JOURNAL_EXPORT_FORMATS.md, "Journal Export Format": `FIELD=value` in a
/// line, or `FIELD` in a line, the length in 64 bits little-endian, the bytes and a line's end; an
/// empty line ends an entry.
final class JournalExport implements Members {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_VALUE = 64 << 10;

  private final ByteSource source;
  private final SourceStream in;
  private @Nullable String shortfall;

  JournalExport(ByteSource source) {
    this.source = source;
    this.in = new SourceStream(source, 0);
  }

  static boolean begins(ByteView head) {
    return Texts.begins(head, "__CURSOR=");
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
      Map<String, String> said = new HashMap<>();
      Optional<SliceSource> core = Optional.empty();
      boolean any = false;
      Optional<Field> field = field();
      while (field.isPresent()) {
        any = true;
        core = core.or(field.get()::core);
        field.get().keep(said);
        field = field();
      }
      if (JournalFields.tellsOfCore(said)) {
        return Optional.of(member(said, core));
      }
      if (!any && in.available() == 0) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Member member(Map<String, String> said, Optional<SliceSource> core)
      throws IOException {
    return new Member(
        JournalFields.name(said),
        core.map(SliceSource::bytes).orElse(0L),
        Optional.empty(),
        said,
        core.isPresent()
            ? new Member.Body.Inside(HeadedSource.of(core.get()))
            : JournalFields.elsewhere(said));
  }

  private record Field(String name, String value, Optional<SliceSource> core) {
    void keep(Map<String, String> said) {
      if (JournalFields.kept(name)) {
        JournalFields.put(said, name, value);
      }
    }
  }

  /// The next field of the entry; empty at its end.
  private Optional<Field> field() throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n' && next != '=' && name.size() < LONGEST_NAME) {
      name.write(next);
      next = in.read();
    }
    String field = name.toString(StandardCharsets.US_ASCII);
    if (next == '=') {
      String value = Texts.line(in, LONGEST_VALUE).orElse("");
      return Optional.of(new Field(field, value, Optional.empty()));
    }
    if (next == '\n') {
      return field.isEmpty() ? Optional.empty() : binary(field);
    }
    if (next >= 0 || !field.isEmpty()) {
      broken("expected a field's name");
    }
    return Optional.empty();
  }

  private Optional<Field> binary(String field) throws IOException {
    byte[] eight = in.readNBytes(8);
    long length = eight.length < 8 ? -1 : ByteView.of(eight).u64(0);
    long at = in.position();
    if (length < 0 || at + length < 0) {
      broken("expected the length of " + field);
      return Optional.empty();
    }
    String value = "";
    if (length <= LONGEST_VALUE) {
      value = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    } else if (in.skip(length) < length) {
      broken("expected " + length + " bytes of " + field);
    }
    if (in.read() != '\n') {
      broken("expected the end of " + field);
    }
    return Optional.of(
        new Field(
            field,
            value,
            field.equals("COREDUMP")
                ? Optional.of(new SliceSource(source, at, length, source.name() + "!/COREDUMP"))
                : Optional.empty()));
  }

  private void broken(String what) {
    shortfall = "journal export cut or broken at byte " + in.position() + ": " + what;
  }
}
