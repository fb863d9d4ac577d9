package dev.pumphandle.lab.forge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A whole living process, made of paper: program, libraries, heap, stacks, threads. What it dies
/// of is written by others.
///
/// Addresses are drawn from the seed as address space randomisation would; the same seed gives the
/// same bytes.
final class Body {

  static final long STACK_BYTES = 0x8000;
  static final long HEAP_BYTES = 0x4000;
  static final int XSTATE = 832;

  private static final String LIB = "/usr/lib/x86_64-linux-gnu/";
  private static final String ARM_LIB = "/usr/lib/aarch64-linux-gnu/";

  private final ForgedMachine machine;
  private final ForgedProcess process;
  private final Map<String, String> called;
  private final SplittableRandom random;
  private final Map<String, ForgedElf> files = new LinkedHashMap<>();
  private final Map<String, Long> bases = new LinkedHashMap<>();
  private final Map<String, List<Region>> mapped = new LinkedHashMap<>();
  private final List<Region> others = new ArrayList<>();
  private final List<ForgedThread> threads = new ArrayList<>();
  private final List<Interrupted> interrupted = new ArrayList<>();
  private final Region stack;
  private final Region heap;
  private boolean withText = true;
  private Optional<String> lastWords = Optional.empty();

  private Body(
      ForgedMachine machine,
      String service,
      String version,
      int pid,
      long seed,
      Map<String, String> called) {
    this.machine = machine;
    this.called = called;
    this.random = new SplittableRandom(seed);
    String executable = "/opt/" + service + "/bin/" + service;
    this.process =
        new ForgedProcess(
            pid, 1, 1000, service, executable + " --config /etc/" + service + ".toml");
    long exe = 0x5500_0000_0000L + (random.nextLong(1L << 31) << 12 & 0xff_ffff_f000L);
    long lib = 0x7f00_0000_0000L + (random.nextLong(1L << 31) << 12 & 0x7f_ffff_f000L);
    boolean x86 = machine == ForgedMachine.X86_64;
    load("exe", executable, version, x86 ? Software.service() : Software.armService(), exe);
    if (x86) {
      load("libunwind", LIB + "libunwind.so.8.0.1", "1.6.2", Software.libunwind(), lib);
      load("libstdcxx", LIB + "libstdc++.so.6.0.30", "12.2.0", Software.libstdcxx(), lib + 0x10000);
      load("libc", LIB + "libc.so.6", "2.36", Software.libc(), lib + 0x20000);
    } else load("libc", ARM_LIB + "libc.so.6", "2.36", Software.armLibc(), lib);
    long top = 0x7ffc_0000_0000L + (random.nextLong(1L << 20) << 12);
    load("vdso", "linux-vdso.so.1", "6.1.0", Software.vdso(machine), top + 0x10000);
    this.stack = Region.at(top - STACK_BYTES, STACK_BYTES);
    this.heap = Region.at(exe + 0x100_0000L, HEAP_BYTES);
    others.add(heap);
    others.add(stack);
  }

  /// A process of the service on x86-64.
  static Body x86(String service, String version, int pid, long seed) {
    return x86(service, version, pid, seed, Map.of());
  }

  /// The same, its program's functions under other names.
  static Body x86(String service, String version, int pid, long seed, Map<String, String> called) {
    return new Body(ForgedMachine.X86_64, service, version, pid, seed, called);
  }

  /// A process of the service on AArch64.
  static Body arm(String service, String version, int pid, long seed) {
    return new Body(ForgedMachine.AARCH64, service, version, pid, seed, Map.of());
  }

  /// The stack pointer and frame pointer somewhere in a chain of calls.
  record Place(long sp, long fp) {}

  /// The frames of a chain of calls on the main stack, from the C library's start down into the
  /// last function, behind its prologue.
  Place calls(String... functions) {
    String start =
        machine == ForgedMachine.X86_64 ? "__libc_start_main>*rax" : "__libc_start_main>*x3";
    Place place = new Place(stack.to() - 0x800, 0);
    return calls(stack, place, at("libc", start), "exe", functions);
  }

  /// The frames of a chain of calls within one file, pushed on `on` below `from`; `returnTo` is
  /// where the first one returns to.
  Place calls(Region on, Place from, long returnTo, String file, String... functions) {
    Place here = from;
    long back = returnTo;
    for (int i = 0; i < functions.length; i++) {
      here = push(on, here, back, file(file).code().locals(functions[i]));
      if (i + 1 < functions.length) back = at(file, functions[i] + ">" + functions[i + 1]);
    }
    return here;
  }

  private Place push(Region on, Place from, long returnTo, int locals) {
    if (machine == ForgedMachine.AARCH64) {
      long sp = from.sp() - 32;
      on.word(sp, from.fp()).word(sp + 8, returnTo);
      return new Place(sp, sp);
    }
    long fp = from.sp() - 16;
    on.word(fp + 8, returnTo).word(fp, from.fp());
    // what earlier calls left in the locals: small numbers and an address, never zero
    for (long at = fp - locals; at < fp; at += 8)
      on.word(at, at % 16 == 0 ? 3 : heap.from() + 0x40);
    return new Place(fp - locals, fp);
  }

  /// The address of a function or mark of one of the mapped files.
  long at(String file, String mark) {
    return base(file) + file(file).at(mark);
  }

  /// Where a file is mapped.
  long base(String file) {
    Long base = bases.get(file);
    if (base == null) throw new IllegalArgumentException("no file " + file);
    return base;
  }

  ForgedElf file(String file) {
    ForgedElf elf = files.get(file);
    if (elf == null) throw new IllegalArgumentException("no file " + file);
    return elf;
  }

  /// The data mapping of a file.
  Region data(String file) {
    return mapped.getOrDefault(file, List.of()).getLast();
  }

  Region stack() {
    return stack;
  }

  Region heap() {
    return heap;
  }

  ForgedProcess process() {
    return process;
  }

  ForgedMachine machine() {
    return machine;
  }

  SplittableRandom random() {
    return random;
  }

  List<ForgedThread> threads() {
    return threads;
  }

  /// Adds a mapping.
  Body with(Region region) {
    others.add(region);
    return this;
  }

  /// Adds a thread; the first one is the one that the kernel killed.
  Body with(ForgedThread thread) {
    threads.add(thread);
    return this;
  }

  /// A signal that struck before the fatal one, and whose frame still lies in the stack.
  ///
  /// @param info the signal
  /// @param pc where it struck
  /// @param sp the stack pointer there
  record Interrupted(SignalInfo info, long pc, long sp) {}

  /// Signals that struck before, the nearest to the fault first.
  List<Interrupted> interrupted() {
    return interrupted;
  }

  /// Adds an earlier signal.
  Body with(Interrupted earlier) {
    interrupted.add(earlier);
    return this;
  }

  /// Leaves the text of all files out of the core, as coredump_filter's default does.
  Body withoutText() {
    withText = false;
    return this;
  }

  boolean hasText() {
    return withText;
  }

  /// A thread with plausible registers that point at nothing special.
  ForgedThread thread(int tid) {
    ForgedThread t = new ForgedThread(machine, tid);
    if (machine == ForgedMachine.X86_64)
      t.with("rbx", heap.from() + 0x120).with("r12", 1).with("fs_base", base("libc") - 0x2880);
    else t.with("x19", heap.from() + 0x120);
    return t;
  }

  /// Program and libraries as they lie on disk.
  List<ForgedElf> files() {
    return files.values().stream().filter(elf -> elf.path().startsWith("/")).toList();
  }

  /// The function that holds an address, by the name that the file's symbols give it.
  Optional<String> functionAt(long address) {
    for (Map.Entry<String, ForgedElf> each : files.entrySet()) {
      long at = address - base(each.getKey());
      for (ForgedElf.ElfSymbol symbol : each.getValue().symbols())
        if (symbol.function() && at >= symbol.at() && at < symbol.at() + symbol.size())
          return Optional.of(symbol.name());
    }
    return Optional.empty();
  }

  /// The build-id of the file that is mapped from a path, in hex; empty for none.
  String buildIdOf(String path) {
    return files.values().stream()
        .filter(elf -> elf.path().equals(path))
        .findFirst()
        .flatMap(ForgedElf::buildId)
        .map(HexFormat.of()::formatHex)
        .orElse("");
  }

  /// What the C library says before it aborts.
  Body saying(String words) {
    lastWords = Optional.of(words);
    return this;
  }

  /// What the C library said before it aborted, where it said anything.
  Optional<String> lastWords() {
    return lastWords;
  }

  /// All mappings; those of files whose text is left out keep only their headers and data.
  List<Region> regions() {
    List<Region> all = new ArrayList<>();
    mapped.forEach(
        (name, regions) ->
            regions.forEach(
                r -> {
                  boolean text =
                      !withText && r.fileOffset() == ForgedElf.TEXT && !name.equals("vdso");
                  all.add(text ? r.dumped(0) : r);
                }));
    all.addAll(others);
    return all;
  }

  /// The core, with the notes in the kernel's order.
  CoreForge forge() {
    CoreForge forge = CoreForge.of(machine).process(process).xStateBytes(XSTATE).regions(regions());
    threads.forEach(forge::thread);
    auxv().forEach(forge::auxv);
    return forge;
  }

  /// Source: Linux v6.1 include/uapi/linux/auxvec.h; fs/binfmt_elf.c, create_elf_tables().
  Map<Integer, Long> auxv() {
    Map<Integer, Long> v = new LinkedHashMap<>();
    v.put(33, base("vdso")); // AT_SYSINFO_EHDR
    v.put(6, 4096L); // AT_PAGESZ
    v.put(17, 100L); // AT_CLKTCK
    v.put(3, base("exe") + 64); // AT_PHDR
    v.put(4, 56L); // AT_PHENT
    v.put(5, 7L); // AT_PHNUM
    v.put(9, at("exe", "main")); // AT_ENTRY
    v.put(11, 1000L); // AT_UID
    v.put(31, stack.to() - 0x80); // AT_EXECFN
    return v;
  }

  private void load(String name, String path, String version, Code code, long base) {
    ForgedElf elf =
        new ForgedElf(machine, path, code)
            .buildId(buildId(path, version, name.equals("exe") ? called : Map.of()));
    if (name.equals("exe")) elf.calling(called).program();
    if (name.equals("libc") && machine == ForgedMachine.X86_64)
      elf.object("__abort_msg", Software.ABORT_MESSAGE);
    files.put(name, elf);
    bases.put(name, base);
    boolean program = elf.isProgram();
    List<Region> regions =
        elf.mappedAt(base, name + ".", true, program ? base + ForgedElf.dataAt(0x200) : 0);
    if (name.equals("vdso")) regions.forEach(r -> r.file("", r.fileOffset()));
    mapped.put(name, regions);
  }

  /// Connects program and libraries: the words through which they call each other, and the dynamic
  /// linker's list.
  Body linked() {
    if (machine == ForgedMachine.X86_64) {
      slot("exe", Software.ABORT, at("libc", "abort"));
      slot("exe", Software.FREE, at("libc", "free"));
      slot("exe", Software.RAISE, at("libc", "raise"));
      slot("exe", Software.KILL, at("libc", "kill"));
      slot("exe", Software.THROW, at("libstdcxx", "__cxa_throw"));
      slot("exe", Software.WAIT, at("libc", "wait"));
      slot("exe", Software.ASSERT_FAIL, at("libc", "__assert_fail"));
      slot("libstdcxx", Software.UNWIND, at("libunwind", "_Unwind_RaiseException"));
    }
    List<LinkMaps.Entry> list = new ArrayList<>();
    files.forEach(
        (name, elf) ->
            list.add(
                new LinkMaps.Entry(
                    name.equals("exe") ? "" : elf.path(),
                    base(name),
                    base(name) + ForgedElf.DATA)));
    LinkMaps.write(data("exe"), base("exe") + ForgedElf.dataAt(0x200), 0, list);
    stack.text(
        stack.to() - 0x80, process.arguments().substring(0, process.arguments().indexOf(' ')));
    return this;
  }

  private void slot(String file, int slot, long target) {
    data(file).word(base(file) + ForgedElf.dataAt(slot), target);
  }

  /// The same path and version have the same build-id, as the same binary on many hosts has.
  private static byte[] buildId(String path, String version, Map<String, String> called) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      String build = path + " " + version + (called.isEmpty() ? "" : new TreeMap<>(called));
      return Arrays.copyOf(sha1.digest(build.getBytes(StandardCharsets.UTF_8)), 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
