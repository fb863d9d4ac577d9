package dev.pumphandle.app.collect;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.fieldwork.NoCoreException;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.fieldwork.Wrapped;
import dev.pumphandle.stores.OpenedArchive;
import dev.pumphandle.stores.StoredObject;
import dev.pumphandle.stores.archive.Member;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The members of one archive as specimens. A member's address is the archive's, `!/` and its name.
final class WrappedSpecimens implements Wrapped {
  private final StoredObject object;
  private final String name;
  private final OpenedArchive archive;
  private final long scanLimit;

  WrappedSpecimens(StoredObject object, String name, OpenedArchive archive, long scanLimit) {
    this.object = object;
    this.name = name;
    this.archive = archive;
    this.scanLimit = scanLimit;
  }

  @Override
  public String kind() {
    return archive.kind();
  }

  @Override
  public Optional<String> shortfall() {
    return archive.shortfall();
  }

  @Override
  public Optional<Specimen> next() throws IOException {
    Optional<Member> member = archive.next();
    return member.isPresent() ? Optional.of(specimen(member.get())) : Optional.empty();
  }

  private Specimen specimen(Member member) throws IOException {
    return switch (member.body()) {
      case Member.Body.Inside inside -> inside(member, () -> archive.open(inside));
      case Member.Body.Missing(String reason) ->
          inside(
              member,
              () -> {
                throw NoCoreException.missing(reason);
              });
      case Member.Body.Refused(String reason) ->
          inside(
              member,
              () -> {
                throw NoCoreException.refused(reason);
              });
      case Member.Body.Beside(String file) -> {
        Optional<StoredObject> core = object.access().beside(file);
        yield core.isPresent()
            ? beside(member, core.get(), file)
            : inside(
                member,
                () -> {
                  throw NoCoreException.missing(
                      "the journal tells of " + file + ", which does not lie beside it");
                });
      }
    };
  }

  private interface Opening {
    ByteSource open() throws IOException;
  }

  private Specimen inside(Member member, Opening opening) {
    return new Specimen(
        object.uri() + "!/" + encoded(member.name()),
        name + "!/" + member.name(),
        member.bytes(),
        object.version(),
        member.modifiedAt().orElse(object.modifiedAt()),
        Map.of(),
        new MemberAccess(opening, member.said(), Optional.empty()));
  }

  /// A core in a file of its own keeps its own address and version.
  private Specimen beside(Member member, StoredObject core, String file) {
    ObjectAccess access = new ObjectAccess(core, file, scanLimit);
    return new Specimen(
        core.uri(),
        name.substring(0, name.lastIndexOf('/') + 1) + file,
        core.bytes(),
        core.version(),
        core.modifiedAt(),
        core.metadata(),
        new MemberAccess(access::open, member.said(), Optional.of(core)));
  }

  /// A well-formed address of any name.
  private static String encoded(String name) {
    try {
      return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path can always be quoted", e);
    }
  }

  private record MemberAccess(
      Opening opening, Map<String, String> words, Optional<StoredObject> own)
      implements Specimen.Access {
    @Override
    public ByteSource open() throws IOException {
      return opening.open();
    }

    @Override
    public Optional<ByteView> sidecar() throws IOException {
      return own.isPresent() ? own.get().sidecar() : Optional.empty();
    }

    @Override
    public Map<String, String> said() throws IOException {
      Map<String, String> all = new HashMap<>(words);
      if (own.isPresent()) {
        all.putAll(own.get().access().said());
      }
      return all;
    }
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
