package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Bombs in the notes: counts that nothing backs, texts without end, thousands of what should be
/// one.
final class NoteBombs {

  private static final int MANY = 100_000;

  static final List<HostileFile> ALL =
      List.of(
              fileNote("file-count-2-60", 1L << 60, 0, 0),
              fileNote("file-count-2-32", 1L << 32, 0, 0),
              fileNote("file-count-minus-1", -1, 0, 0),
              fileNote("file-count-overflows-times-24", 0x0aaa_aaaa_aaaa_aaabL, 0, 0),
              fileNote("file-100k-without-names", MANY, MANY, 0),
              fileNote("file-100k-empty-names", MANY, MANY, MANY),
              fileNote("file-names-short-by-one", 64, 64, 63),
              file("file-wrapping-ranges", b -> ranges(b, 64, -4096, 4096)),
              file("file-backward-ranges", b -> ranges(b, 64, 0x2000, 0x1000)),
              file("file-overlapping-ranges", b -> ranges(b, 20_000, 0x1000, 1L << 46)),
              file(
                  "file-page-size-0",
                  b -> b.u64(1).u64(0).u64(0x1000).u64(0x2000).u64(1).cString("/x")),
              file(
                  "file-page-size-max",
                  b -> b.u64(1).u64(-1).u64(0x1000).u64(0x2000).u64(-1).cString("/x")),
              file(
                  "file-endless-name",
                  b -> b.u64(1).u64(4096).u64(0x1000).u64(0x2000).u64(0).bytes(letters(3 << 20))),
              file(
                  "file-name-with-newlines",
                  b ->
                      b.u64(1)
                          .u64(4096)
                          .u64(0x1000)
                          .u64(0x2000)
                          .u64(0)
                          .cString("/a\n\u001b[31m\t\"'$(x)")),
              notes("note-100k-tiny", n -> repeat(n, MANY, new ForgedNote("", 0, new Blob()))),
              notes(
                  "note-100k-siginfo",
                  n -> repeat(n, MANY, Notes.sigInfo(SignalInfo.fault(11, 1, 0)))),
              notes("note-20k-threads-same-tid", n -> repeat(n, 20_000, thread(1))),
              notes(
                  "note-20k-threads",
                  n -> IntStream.range(0, 20_000).forEach(i -> n.add(thread(i)))),
              notes(
                  "note-owner-of-1-mb",
                  n -> n.add(new ForgedNote("A".repeat(1 << 20), 1, new Blob()))),
              notes(
                  "note-owner-without-end",
                  n -> n.add(new ForgedNote("CORE\u0001", 1, new Blob().zeros(336)))),
              notes(
                  "note-unknown-8-mb",
                  n -> n.add(new ForgedNote("LINUX", 0x7777, new Blob().zeros(8 << 20)))),
              sized("prstatus", 1, 0, 1, 111, 112, 144, 148, 335, 337, 392, 1 << 20),
              sized("prpsinfo", 3, 0, 1, 55, 56, 124, 128, 135, 137),
              sized("siginfo", 0x53494749, 0, 1, 4, 11, 12, 16, 24, 127, 129),
              sized("auxv", 6, 0, 1, 8, 15, 16, 17, 24, 4 << 20),
              sized("fpregset", 2, 0, 1, 108, 511, 513),
              sized("file", 0x46494c45, 0, 1, 8, 15, 16, 17))
          .stream()
          .flatMap(NoteBombs::each)
          .toList();

  private NoteBombs() {}

  private record Several(List<HostileFile> files) {}

  private interface Filling {
    void into(Blob body);
  }

  private interface Listing {
    void into(List<ForgedNote> notes);
  }

  private static Stream<HostileFile> each(Several s) {
    return s.files().stream();
  }

  private static Several fileNote(String name, long count, int ranges, int names) {
    return file(
        name,
        b -> {
          b.u64(count).u64(4096);
          for (int i = 0; i < ranges; i++) b.u64(i * 4096L).u64(i * 4096L + 4096).u64(0);
          b.zeros(names);
        });
  }

  private static Several file(String name, Filling filling) {
    return notes(
        name,
        n -> {
          Blob b = new Blob();
          filling.into(b);
          n.add(thread(1));
          n.add(new ForgedNote("CORE", Notes.FILE, b));
        });
  }

  private static Several notes(String name, Listing listing) {
    return new Several(List.of(HostileFile.of(name, () -> forge(listing))));
  }

  /// Notes of a known kind whose descriptor has the wrong size, all of it 0xff.
  private static Several sized(String what, int type, int... sizes) {
    return new Several(
        Arrays.stream(sizes)
            .mapToObj(
                size ->
                    HostileFile.of(
                        "%s-of-%d-bytes".formatted(what, size),
                        () -> forge(n -> n.add(new ForgedNote("CORE", type, full(size))))))
            .toList());
  }

  private static ForgedCore forge(Listing listing) {
    List<ForgedNote> notes = new ArrayList<>();
    listing.into(notes);
    return CoreForge.of(ForgedMachine.X86_64)
        .onlyNotes(notes)
        .region(Region.at(0x40_0000, 0x1000).permissions("r-x"))
        .region(Region.at(0x7ffc_0000_0000L, 0x2000))
        .forge();
  }

  /// A thread whose numbers have no names: nobody makes one of 20,000 lie.
  private static ForgedNote thread(int tid) {
    ForgedThread t = new ForgedThread(ForgedMachine.X86_64, tid).cursig(11);
    t.at(0x40_0000, 0x7ffc_0000_1000L, 0x7ffc_0000_1000L);
    ForgedNote named = Notes.prStatus(t, ForgedProcess.of(1, "x"));
    return new ForgedNote(named.owner(), named.type(), new Blob().bytes(named.body().toArray()));
  }

  private static void repeat(List<ForgedNote> notes, int count, ForgedNote note) {
    for (int i = 0; i < count; i++) notes.add(note);
  }

  private static void ranges(Blob b, int count, long start, long end) {
    b.u64(count).u64(4096);
    for (int i = 0; i < count; i++) b.u64(start + i).u64(end + i).u64(i);
    for (int i = 0; i < count; i++) b.cString("/" + i);
  }

  private static Blob full(int size) {
    byte[] b = new byte[size];
    Arrays.fill(b, (byte) 0xff);
    return new Blob().bytes(b);
  }

  private static byte[] letters(int count) {
    byte[] b = new byte[count];
    Arrays.fill(b, (byte) 'a');
    return b;
  }
}
