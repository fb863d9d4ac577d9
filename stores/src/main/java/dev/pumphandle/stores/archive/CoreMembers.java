package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.HeadedSource;
import dev.pumphandle.stores.StreamedSource;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The cores among the files of an archive: what is an ELF core by its first bytes, unpacked where
/// it is packed, and what is called like a core whatever it is. All else is passed over.
///
/// An archive within the archive is not opened, but handed out as what it is.
final class CoreMembers implements Members {
  /// No core is smaller: an ELF header and one program header (bytes).
  private static final int SMALLEST = 120;

  private static final Pattern NAMED_CORE =
      Pattern.compile(
          "(?:.*/)?(?:core|coredump)(?:\\.\\d+|[.-].+[.-]\\d+(?:[.-][^/]*)?)?"
              + "(?:\\.(?:zst|gz|xz|lz4|bz2))?|.+\\.core",
          Pattern.DOTALL);

  private final String kind;
  private final Entries entries;
  private final Limits limits;
  private final HandlerFiles beside;
  private long looked;
  private long cores;
  private @Nullable String shortfall;

  /// @param beside takes what a crash handler put beside its core
  CoreMembers(String kind, Entries entries, Limits limits, HandlerFiles beside) {
    this.kind = kind;
    this.entries = entries;
    this.limits = limits;
    this.beside = beside;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Optional<String> shortfall() {
    return Optional.ofNullable(shortfall).or(entries::shortfall);
  }

  @Override
  public Optional<Member> next() throws IOException {
    while (shortfall == null) {
      if (looked++ == limits.entries() || cores == limits.cores()) {
        shortfall =
            kind + " followed for " + (looked - 1) + " entries and " + cores + " cores, no further";
        break;
      }
      Optional<Entry> entry = entries.next();
      if (entry.isEmpty()) {
        break;
      }
      Optional<Member> member = member(entry.get());
      if (member.isPresent()) {
        cores++;
        return member;
      }
    }
    return Optional.empty();
  }

  private Optional<Member> member(Entry entry) throws IOException {
    boolean called = NAMED_CORE.matcher(entry.name()).matches();
    return switch (entry.content()) {
      case Entry.Content.Illegible(String reason) ->
          called ? Optional.of(member(entry, new Member.Body.Refused(reason))) : Optional.empty();
      case Entry.Content.Legible(ByteSource source, ByteView head) -> {
        if (beside.take(entry.name(), source) || (entry.bytes() < SMALLEST && !called)) {
          yield Optional.empty();
        }
        yield body(source, head, called).map(body -> member(entry, body));
      }
    };
  }

  private Optional<Member.Body> body(ByteSource source, ByteView head, boolean called)
      throws IOException {
    ByteSource stored = head.length() == 0 ? source : new HeadedSource(source, headOf(head));
    HeadedSource content = HeadedSource.of(StreamedSource.unpacked(stored, limits.scanLimit()));
    ByteView first = content.head();
    if (Archives.isArchive(first)) {
      return Optional.of(
          new Member.Body.Refused("an archive within an archive, which is not opened"));
    }
    return called || isCore(first)
        ? Optional.of(new Member.Body.Inside(content))
        : Optional.empty();
  }

  /// A head that is shorter than what [HeadedSource] takes for all there is must be all there is.
  private static ByteView headOf(ByteView head) {
    return head.slice(0, Math.min(head.length(), HeadedSource.HEAD));
  }

  /// Source: gABI ch. 4, "ELF Header": e_type is at offset 16; ET_CORE is 4, in either byte order.
  private static boolean isCore(ByteView head) {
    return head.length() >= 18
        && head.u32(0) == 0x464c_457fL
        && (head.u16(16) == 4 || head.u16(16) == 0x0400);
  }

  private Member member(Entry entry, Member.Body body) {
    return new Member(
        entry.name(), entry.bytes(), entry.modifiedAt(), Map.copyOf(beside.said()), body);
  }
}
