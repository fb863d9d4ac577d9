package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds a core file from a process description, laid out as a Linux kernel does.
///
/// ELF header, program headers (the notes first, then one PT_LOAD for each [Region] by address),
/// the notes right behind them, then the
/// dumped bytes from the next page on. 65,535 and more program headers go through section header 0
/// as the kernel does it.
///
/// Source: Linux v6.1 fs/binfmt_elf.c, elf_core_dump(), fill_elf_header(), fill_extnum_info(),
/// fill_note_info().
public final class CoreForge {

  private static final int EHDR = 64;
  private static final int PHDR = 56;
  private static final int SHDR = 64;
  private static final int PN_XNUM = 0xffff;

  private final ForgedMachine machine;
  private ForgedProcess process;
  private final List<ForgedThread> threads = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final Map<Integer, Long> auxv = new LinkedHashMap<>();
  private final List<ForgedNote> more = new ArrayList<>();
  private Optional<SignalInfo> sigInfo = Optional.empty();
  private Optional<List<ForgedNote>> notes = Optional.empty();
  private boolean fileNote = true;
  private boolean psNote = true;
  private boolean auxvNote = true;
  private boolean extendedCount;
  private boolean smallestFirst;
  private int xStateBytes = 832;

  private CoreForge(ForgedMachine machine) {
    this.machine = machine;
    this.process = ForgedProcess.of(4711, "forged");
  }

  /// A core of this machine, still empty.
  public static CoreForge of(ForgedMachine machine) {
    return new CoreForge(machine);
  }

  /// Who the process is.
  public CoreForge process(ForgedProcess who) {
    process = who;
    return this;
  }

  /// Adds a thread; the first one is the one that the kernel killed.
  public CoreForge thread(ForgedThread thread) {
    threads.add(thread);
    return this;
  }

  /// The signal that killed the process (NT_SIGINFO); without it no such note is written.
  public CoreForge sigInfo(SignalInfo info) {
    sigInfo = Optional.of(info);
    return this;
  }

  /// Adds a mapping.
  public CoreForge region(Region region) {
    regions.add(region);
    return this;
  }

  /// Adds mappings.
  public CoreForge regions(List<Region> several) {
    regions.addAll(several);
    return this;
  }

  /// Adds an entry to the auxiliary vector.
  public CoreForge auxv(int type, long value) {
    auxv.put(type, value);
    return this;
  }

  /// Adds a note behind the others.
  public CoreForge note(ForgedNote note) {
    more.add(note);
    return this;
  }

  /// Replaces all notes by these.
  public CoreForge onlyNotes(List<ForgedNote> these) {
    notes = Optional.of(List.copyOf(these));
    return this;
  }

  /// Leaves out NT_FILE, as kernels before 3.7 do and newer ones for very many mappings.
  public CoreForge withoutFileNote() {
    fileNote = false;
    return this;
  }

  /// Leaves out NT_PRPSINFO.
  public CoreForge withoutPsInfo() {
    psNote = false;
    return this;
  }

  /// Leaves out NT_AUXV.
  public CoreForge withoutAuxv() {
    auxvNote = false;
    return this;
  }

  /// Size of each thread's NT_X86_XSTATE (bytes, at least 576); 0 leaves it out.
  public CoreForge xStateBytes(int bytes) {
    xStateBytes = bytes;
    return this;
  }

  /// Writes the number of program headers into section header 0 even where it would fit (PN_XNUM).
  public CoreForge extendedCount() {
    extendedCount = true;
    return this;
  }

  /// Writes small segments first, as `kernel.core_sort_vma=1` does (Linux 6.13.7 and newer).
  public CoreForge smallestFirst() {
    smallestFirst = true;
    return this;
  }

  /// The regions given so far, by address.
  public List<Region> regions() {
    return regions.stream().sorted((a, b) -> Long.compareUnsigned(a.from(), b.from())).toList();
  }

  /// Lays the file out.
  public ForgedCore forge() {
    ForgedCore.Plan plan = new ForgedCore.Plan();
    List<Region> segments = segments();
    int count = segments.size() + 1;
    boolean extended = extendedCount || count >= PN_XNUM;
    Blob noteBytes = noteBytes();
    long notesAt = EHDR + (long) PHDR * count;
    long dataAt = roundUp(notesAt + noteBytes.size());
    long end = dataAt + segments.stream().mapToLong(Region::dumped).sum();

    plan.put("ehdr.", 0, fileHeader(count, extended, end));
    plan.put("phdr[0].", EHDR, programHeader(4, 0, notesAt, 0, noteBytes.size(), 0, 4));
    long at = dataAt;
    for (int i = 0; i < segments.size(); i++) {
      Region r = segments.get(i);
      plan.put(
          "phdr[" + (i + 1) + "].",
          EHDR + (long) PHDR * (i + 1),
          programHeader(1, r.flags(), at, r.from(), r.dumped(), r.size(), Region.PAGE));
      at = putRegion(plan, r, at);
    }
    plan.put("", notesAt, noteBytes);
    if (extended) plan.put("shdr[0].", end, sectionHeader(count));
    return plan.done(end + (extended ? SHDR : 0));
  }

  private static long putRegion(ForgedCore.Plan plan, Region r, long at) {
    r.pages()
        .forEach(
            (page, bytes) -> {
              long n = Math.min(Region.PAGE, r.dumped() - page * Region.PAGE);
              if (n > 0) plan.put(at + page * Region.PAGE, Arrays.copyOf(bytes, (int) n));
            });
    r.fields().forEach(f -> plan.name(f.moved("", at)));
    return at + r.dumped();
  }

  private List<Region> segments() {
    return smallestFirst
        ? regions().stream().sorted(Comparator.comparingLong(Region::dumped)).toList()
        : regions();
  }

  private Blob noteBytes() {
    List<ForgedNote> all = new ArrayList<>(notes.orElseGet(this::kernelNotes));
    all.addAll(more);
    Blob b = new Blob();
    for (int i = 0; i < all.size(); i++) b.append("note[" + i + "].", all.get(i).blob());
    return b;
  }

  /// In the kernel's order: the first thread's PRSTATUS, the process's notes, the first thread's
  /// other notes, then thread by thread.
  private List<ForgedNote> kernelNotes() {
    List<ForgedNote> all = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      all.add(Notes.prStatus(threads.get(i), process));
      if (i == 0) all.addAll(processNotes());
      all.addAll(floatingPoint(threads.get(i)));
    }
    return threads.isEmpty() ? processNotes() : all;
  }

  private List<ForgedNote> processNotes() {
    List<ForgedNote> all = new ArrayList<>();
    if (psNote) all.add(Notes.prPsInfo(process));
    sigInfo.ifPresent(s -> all.add(Notes.sigInfo(s)));
    if (auxvNote) all.add(Notes.auxv(auxv));
    if (fileNote) all.add(Notes.file(regions()));
    return all;
  }

  private List<ForgedNote> floatingPoint(ForgedThread thread) {
    if (!thread.hasFloatingPoint()) return List.of();
    List<ForgedNote> all = new ArrayList<>();
    all.add(Notes.fpRegSet(machine));
    if (machine == ForgedMachine.AARCH64) all.addAll(Notes.arm(thread.tid()));
    else if (xStateBytes > 0) all.add(Notes.xState(xStateBytes));
    return all;
  }

  private Blob fileHeader(int count, boolean extended, long end) {
    return new Blob()
        .hex("7f 45 4c 46")
        .u8("ei_class", 2)
        .u8("ei_data", 1)
        .u8("ei_version", 1)
        .u8("ei_osabi", 0)
        .u8("ei_abiversion", 0)
        .upTo(16)
        .u16("e_type", 4)
        .u16("e_machine", machine.elfMachine())
        .u32("e_version", 1)
        .u64("e_entry", 0)
        .u64("e_phoff", EHDR)
        .u64("e_shoff", extended ? end : 0)
        .u32("e_flags", 0)
        .u16("e_ehsize", EHDR)
        .u16("e_phentsize", PHDR)
        .u16("e_phnum", extended ? PN_XNUM : count)
        .u16("e_shentsize", extended ? SHDR : 0)
        .u16("e_shnum", extended ? 1 : 0)
        .u16("e_shstrndx", 0);
  }

  private static Blob programHeader(
      int type,
      int flags,
      long offset,
      long address,
      long fileBytes,
      long memoryBytes,
      long align) {
    return new Blob()
        .u32("p_type", type)
        .u32("p_flags", flags)
        .u64("p_offset", offset)
        .u64("p_vaddr", address)
        .u64("p_paddr", 0)
        .u64("p_filesz", fileBytes)
        .u64("p_memsz", memoryBytes)
        .u64("p_align", align);
  }

  private static Blob sectionHeader(int count) {
    return new Blob()
        .u32("sh_name", 0)
        .u32("sh_type", 0)
        .u64("sh_flags", 0)
        .u64("sh_addr", 0)
        .u64("sh_offset", 0)
        .u64("sh_size", 1)
        .u32("sh_link", 0)
        .u32("sh_info", count)
        .u64("sh_addralign", 0)
        .u64("sh_entsize", 0);
  }

  private static long roundUp(long offset) {
    return (offset + Region.PAGE - 1) / Region.PAGE * Region.PAGE;
  }
}
