package dev.pumphandle.lab.forge;

import dev.pumphandle.lab.forge.Body.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Bombs in the dumped memory: lists and frame chains that never end, signal frames everywhere,
/// call-frame programs that loop.
final class MemoryBombs {

  private static final int BIG = 8 << 20;
  private static final long MAGIC1 = 0x4650_5853L;

  static final List<HostileFile> ALL = all();

  private MemoryBombs() {}

  private static List<HostileFile> all() {
    List<HostileFile> files = new ArrayList<>();
    linkMaps(files);
    stackPointers(files);
    frameChains(files);
    signalFrames(files);
    callFrames(files);
    files.add(body("mapped-5000-elf-files", MemoryBombs::manyFiles));
    files.add(body("region-at-the-end-of-the-address-space", b -> b.with(Region.at(-4096, 4096))));
    files.add(
        body(
            "regions-overlap",
            b -> b.with(Region.at(b.stack().from() + 64, 0x2000).word(b.stack().from() + 64, 1))));
    files.add(
        body(
            "same-region-1000-times",
            b -> repeat(1000, i -> b.with(Region.at(b.stack().from(), 0x1000)))));
    files.add(
        body(
            "guard-regions-20000",
            b ->
                repeat(
                    20_000,
                    i ->
                        b.with(
                            Region.at(0x1000_0000L + i * 0x2000L, 0x1000)
                                .permissions("---")
                                .dumped(0)))));
    return List.copyOf(files);
  }

  private static HostileFile body(String name, Consumer<Body> harm) {
    return HostileFile.of(
        name,
        () -> {
          Body b = Body.x86("courier", "1.0", 4711, 1).linked();
          harm.accept(b);
          return WholeCores.x86(b).forge();
        });
  }

  private static void linkMaps(List<HostileFile> files) {
    ForgedCore whole = WholeCores.x86().forge();
    Body same = Body.x86("courier", "1.0", 4711, 1);
    long first = same.base("exe") + ForgedElf.dataAt(0x200) + 48;
    long second = first + 192;
    String next = "ld.link_map[%d].l_next";
    files.add(patched("link-map-points-at-itself", whole, next.formatted(0), first));
    files.add(patched("link-map-of-two-in-a-ring", whole, next.formatted(1), first));
    files.add(patched("link-map-last-in-a-ring", whole, next.formatted(4), second));
    files.add(patched("link-map-skewed-by-8", whole, next.formatted(0), first + 8));
    files.add(patched("link-map-in-the-stack", whole, "ld.r_debug.r_map", same.stack().from()));
    files.add(patched("link-map-wraps", whole, next.formatted(0), -8));
    files.add(patched("link-map-name-is-the-map", whole, "ld.link_map[1].l_name", first));
    files.add(
        patched(
            "r_debug-is-the-dynamic-section",
            whole,
            "exe.dt_debug.value",
            same.base("exe") + ForgedElf.DATA));
    files.add(body("link-map-of-40000", MemoryBombs::longList));
    files.add(
        body(
            "dynamic-section-without-end",
            b -> {
              long at = b.base("exe") + ForgedElf.DATA;
              for (int i = 0; i < Region.PAGE; i += 8) b.data("exe").word(at + i, 0x6fff_0000L + i);
            }));
  }

  /// A list of 40,000 objects that all have the same endless name.
  private static void longList(Body b) {
    long at = 0x6000_0000_0000L;
    Region r = Region.at(at, BIG);
    for (int i = 0; i < 40_000; i++) {
      long here = at + i * 48L;
      r.word(here, i * 4096L).word(here + 8, at + 40_000 * 48L).word(here + 24, here + 48);
    }
    byte[] name = new byte[4096];
    Arrays.fill(name, (byte) 'a');
    for (long a = at + 40_000 * 48L; a + 4096 < r.to(); a += 4096) r.bytes(a, name);
    b.with(r);
    b.data("exe").word(b.base("exe") + ForgedElf.dataAt(0x200) + 8, at);
  }

  private static void stackPointers(List<HostileFile> files) {
    ForgedCore whole = WholeCores.x86().forge();
    Body same = Body.x86("courier", "1.0", 4711, 1);
    long[] places = {
      0,
      1,
      8,
      127,
      128,
      -1,
      -8,
      -128,
      -129,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      0x7fff_ffff_ffffL,
      0x8000_0000_0000L,
      same.stack().from(),
      same.stack().to(),
      same.stack().to() - 1,
      same.stack().to() - 8,
      same.stack().from() + 1,
      same.base("exe"),
      same.heap().from(),
      same.base("exe") + ForgedElf.TEXT,
      same.base("vdso")
    };
    for (String register : List.of("rsp", "rbp", "rip"))
      for (long place : places)
        for (String where : List.of("note[0].pr_reg.", "sigframe.gregs."))
          files.add(
              patched(
                  "%s-%s-%x"
                      .formatted(
                          where.startsWith("note") ? "prstatus" : "sigframe", register, place),
                  whole,
                  where + register,
                  place));
  }

  private static void frameChains(List<HostileFile> files) {
    files.add(chain("frame-pointers-in-a-ring-of-one", (r, at) -> r.word(at, at)));
    files.add(chain("frame-pointers-in-a-ring-of-two", (r, at) -> r.word(at, at ^ 16)));
    files.add(chain("frame-pointers-up-by-16", (r, at) -> r.word(at, at + 16)));
    files.add(chain("frame-pointers-down-by-16", (r, at) -> r.word(at, at - 16)));
    files.add(chain("frame-pointers-up-by-1", (r, at) -> r.word(at, at + 1)));
  }

  private interface Link {
    void at(Region stack, long address);
  }

  /// A thread whose 8 MB of stack are nothing but frames; every return address is a true one.
  private static HostileFile chain(String name, Link link) {
    return HostileFile.of(
        name,
        () -> {
          Body b = Body.x86("courier", "1.0", 4711, 1).linked();
          Region r = Region.at(0x6000_0000_0000L, BIG);
          long back = b.at("exe", "main>serve");
          for (long at = r.from(); at < r.to(); at += 16) {
            link.at(r, at);
            r.word(at + 8, back);
          }
          b.with(r).with(b.thread(4711).cursig(11).at(0, r.from() + 0x1000, r.from() + 0x1000));
          return b.forge().sigInfo(SignalInfo.fault(11, 1, 0)).forge();
        });
  }

  private static void signalFrames(List<HostileFile> files) {
    files.add(
        frames(
            "magic-words-everywhere", 64, (r, at) -> r.word(at + 464 & -8L, MAGIC1 | 836L << 32)));
    files.add(frames("magic-words-back-to-back", 8, (r, at) -> r.word(at, MAGIC1 | MAGIC1 << 32)));
    files.add(frames("signal-frames-in-each-other", 2048, MemoryBombs::frameTo));
    files.add(
        frames(
            "signal-frames-with-huge-xstate",
            64,
            (r, at) ->
                r.word(at + 464 & -8L, MAGIC1 | 0xffff_ffffL << 32)
                    .word(at + 480 & -8L, 0xffff_fffbL)));
  }

  /// A whole signal frame whose registers lead into the next one.
  private static void frameTo(Region stack, long at) {
    ForgedThread t = new ForgedThread(ForgedMachine.X86_64, 1).at(0, at + 4096, at + 4096);
    if (at - 2048 > stack.from())
      SignalFrame.onSameStack(
              SignalInfo.fault(11, 1, at), t.with("rsp", at).registers(), 14, 4, at, at)
          .push(stack, "", ForgedMachine.X86_64, Body.XSTATE);
  }

  private static HostileFile frames(String name, int stride, Link link) {
    return HostileFile.of(
        name,
        () -> {
          Body b = Body.x86("courier", "1.0", 4711, 1).linked();
          Region r = Region.at(0x6000_0000_0000L, BIG);
          for (long at = r.from(); at + 1024 < r.to(); at += stride) link.at(r, at);
          b.with(r).with(b.thread(4711).cursig(11).at(0, r.from() + 0x1000, r.from() + 0x1000));
          return b.forge().sigInfo(SignalInfo.sent(11, -6, 4711, 1000)).forge();
        });
  }

  /// Call-frame programs, written over those of every function of the program.
  ///
  /// Source: DWARF 5, §7.24 (call frame instructions) and §7.7.1 (operations).
  private static void callFrames(List<HostileFile> files) {
    Stream.of(
            "loop-in-cfa-expression 0f 03 2f fd ff",
            "loop-in-register-expression 16 10 03 2f fd ff",
            "cfa-does-not-move 0c 07 00",
            "cfa-moves-down 13 07 7f",
            "register-2-63 05 ff ff ff ff ff ff ff ff 7f 01",
            "number-without-end 05 80 80 80 80 80 80 80 80 80 80 80",
            "restore-without-remember 0b 0b 0b",
            "expression-past-the-end 0f ff ff ff ff 0f",
            "cfa-in-an-unknown-register 0c ff 7f 08",
            "unknown-instruction 3f 3e 3d",
            "return-address-is-itself 0c 07 10 90 01 86 01",
            "deref-of-minus-1 0f 05 09 ff 06 06 06")
        .forEach(
            line -> {
              String name = line.substring(0, line.indexOf(' '));
              byte[] program =
                  HexFormat.ofDelimiter(" ").parseHex(line.substring(name.length() + 1));
              files.add(HostileFile.of("cfi-" + name, () -> cfi(program)));
            });
  }

  private static ForgedCore cfi(byte[] program) {
    Body b = Body.x86("courier", "1.0", 4711, 1).linked();
    Place p = b.calls("main", "serve", "dispatch", "load_field");
    b.with(b.thread(4711).cursig(11).at(b.at("exe", "load:0x18"), p.sp(), p.fp()));
    ForgedCore core = b.forge().sigInfo(SignalInfo.fault(11, 1, 0x18)).forge();
    for (Field f : core.fields())
      if (f.name().startsWith("exe.eh_frame.fde") && f.name().endsWith("augmentation_length"))
        core = core.patch(f.offset() + 1, program);
    return core;
  }

  private static void manyFiles(Body b) {
    byte[] page =
        new ForgedElf(ForgedMachine.X86_64, "/usr/lib/many.so", Software.vdso(ForgedMachine.X86_64))
            .onDisk()
            .read(0, Region.PAGE);
    repeat(
        5_000,
        i -> {
          long at = 0x2000_0000_0000L + i * 0x10000L;
          b.with(
              Region.at(at, 0x1000)
                  .permissions("r--")
                  .file("/usr/lib/many-" + i + ".so", 0)
                  .bytes(at, page));
        });
  }

  private static HostileFile patched(String name, ForgedCore whole, String field, long value) {
    return HostileFile.of(name, () -> whole.patch(field, value));
  }

  private interface Step {
    void at(int index);
  }

  private static void repeat(int count, Step step) {
    for (int i = 0; i < count; i++) step.at(i);
  }
}
