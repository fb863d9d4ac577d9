package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.LayeredSource;
import dev.pumphandle.corefile.MeteredSource;
import dev.pumphandle.stores.archive.Member;
import dev.pumphandle.stores.archive.Members;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// An archive whose members are being handed out, one after the other. For one thread.
///
/// What is fetched counts for the member that it was fetched for: the walk to a member is its own.
public final class OpenedArchive implements AutoCloseable {
  private final MeteredSource raw;
  private final ByteSource content;
  private final Members members;
  private final Set<String> names = new HashSet<>();
  private long bytesCounted;
  private int fetchesCounted;

  OpenedArchive(MeteredSource raw, ByteSource content, Members members) {
    this.raw = raw;
    this.content = content;
    this.members = members;
  }

  /// What kind of archive it is, as a noun.
  public String kind() {
    return members.kind();
  }

  /// The next core, under a name that no other has: the second of a name is `name#2`. Empty at the
  /// end.
  ///
  /// @throws IOException where the store cannot deliver
  public Optional<Member> next() throws IOException {
    return members.next().map(this::named);
  }

  private Member named(Member member) {
    String name = member.name();
    for (int again = 2; !names.add(name); again++) {
      name = member.name() + "#" + again;
    }
    return new Member(name, member.bytes(), member.modifiedAt(), member.said(), member.body());
  }

  /// The bytes of the member handed out last. What was fetched since the one before is its cost.
  public LayeredSource open(Member.Body.Inside body) {
    return new OpenedObject(raw, body.bytes(), bytesCounted, fetchesCounted) {
      @Override
      public Optional<String> shortfall() {
        return super.shortfall().or(() -> StreamedSource.shortfallOf(content));
      }

      @Override
      public void close() throws IOException {
        bytesCounted = raw.bytesRead();
        fetchesCounted = raw.requests();
        super.close();
      }
    };
  }

  /// Why there may be more members than were handed out; empty where there are none.
  public Optional<String> shortfall() {
    return StreamedSource.shortfallOf(content).or(members::shortfall);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
