package dev.pumphandle.corefile;

import dev.pumphandle.corefile.memory.SegmentIndex;
import dev.pumphandle.corefile.note.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that are refused, each by name: a row in the line list should say "a gzip file", not
/// "bad magic".
final class Refusals {

  private static final String EXPECTED = "a 64-bit little-endian Linux core of x86-64 or AArch64";
  private static final ByteView ELF = ByteView.ofLatin1("\u007fELF");

  /// A file known by its first bytes, or by bytes at some place near them.
  private record Magic(int at, ByteView bytes, String kind, boolean dump) {
    static Magic dump(int at, String bytes, String kind) {
      return new Magic(at, ByteView.ofLatin1(bytes), kind, true);
    }

    static Magic other(int at, String bytes, String kind) {
      return new Magic(at, ByteView.ofLatin1(bytes), kind, false);
    }
  }

  /// Source: each format's own description; crash utility diskdump.h and makedumpfile.h for the
  /// kernel dumps' magics.
  private static final List<Magic> MAGICS =
      List.of(
          Magic.dump(0, "KDUMP   ", "a kernel dump (kdump-compressed)"),
          Magic.dump(0, "DISKDUMP", "a kernel dump (diskdump)"),
          Magic.dump(0, "makedumpfile", "a kernel dump (makedumpfile, flattened)"),
          Magic.dump(0, "PAGEDU64", "a Windows kernel dump"),
          Magic.dump(0, "PAGEDUMP", "a Windows kernel dump"),
          Magic.dump(0, "MDMP", "a minidump (Windows, Breakpad, Crashpad)"),
          Magic.dump(0, "\u00cf\u00fa\u00ed\u00fe", "a Mach-O file (macOS)"),
          Magic.dump(0, "\u00ce\u00fa\u00ed\u00fe", "a Mach-O file (macOS, 32-bit)"),
          Magic.dump(0, "\u00fe\u00ed\u00fa\u00cf", "a Mach-O file (macOS, big-endian)"),
          Magic.dump(0, "\u00fe\u00ed\u00fa\u00ce", "a Mach-O file (macOS, 32-bit, big-endian)"),
          Magic.other(0, "\u001f\u008b", "gzip-compressed data"),
          Magic.other(0, "(\u00b5/\u00fd", "zstd-compressed data"),
          Magic.other(0, "\u00fd7zXZ\0", "xz-compressed data"),
          Magic.other(0, "BZh", "bzip2-compressed data"),
          Magic.other(0, "\u0004\"M\u0018", "lz4-compressed data"),
          Magic.other(0, "\u0002!L\u0018", "lz4-compressed data (legacy frame)"),
          Magic.other(0, "\u001f\u009d", "compress-compressed data (.Z)"),
          Magic.other(0, "LZIP", "lzip-compressed data"),
          Magic.other(0, "7z\u00bc\u00af'\u001c", "a 7-Zip archive"),
          Magic.other(0, "PK\u0003\u0004", "a zip archive"),
          Magic.other(257, "ustar", "a tar archive"),
          Magic.other(0, "#!", "a script"),
          Magic.other(0, "JAVA PROFILE ", "a Java heap dump (hprof)"),
          Magic.other(0, "MZ", "a Windows executable"));

  /// The lowest address that belongs to the kernel on both machines, and the one page up there that
  /// x86-64 shows to processes.
  /// Source: Linux v6.12 Documentation/arch/x86/x86_64/mm.rst, Documentation/arch/arm64/memory.rst
  private static final long KERNEL_FROM = 0xff00_0000_0000_0000L;

  private static final long VSYSCALL = 0xffff_ffff_ff60_0000L;

  private static final Map<Integer, String> MACHINES =
      Map.ofEntries(
          Map.entry(2, "SPARC"),
          Map.entry(3, "i386"),
          Map.entry(4, "m68k"),
          Map.entry(8, "MIPS"),
          Map.entry(15, "PA-RISC"),
          Map.entry(20, "PowerPC"),
          Map.entry(21, "ppc64"),
          Map.entry(22, "s390x"),
          Map.entry(40, "Arm (32-bit)"),
          Map.entry(42, "SuperH"),
          Map.entry(43, "SPARC V9"),
          Map.entry(50, "Itanium"),
          Map.entry(62, "x86-64"),
          Map.entry(94, "Xtensa"),
          Map.entry(164, "Hexagon"),
          Map.entry(183, "AArch64"),
          Map.entry(195, "ARC"),
          Map.entry(243, "RISC-V"),
          Map.entry(247, "BPF"),
          Map.entry(252, "C-SKY"),
          Map.entry(258, "LoongArch"),
          Map.entry(0x9026, "Alpha"));

  /// Linux cores mostly say 0 (System V), sometimes this.
  private static final int GNU_LINUX = 3;

  /// Source: gABI, "ELF Identification", EI_OSABI
  private static final Map<Integer, String> SYSTEMS =
      Map.ofEntries(
          Map.entry(1, "HP-UX"),
          Map.entry(2, "NetBSD"),
          Map.entry(6, "Solaris"),
          Map.entry(7, "AIX"),
          Map.entry(8, "IRIX"),
          Map.entry(9, "FreeBSD"),
          Map.entry(10, "Tru64"),
          Map.entry(11, "Novell Modesto"),
          Map.entry(12, "OpenBSD"),
          Map.entry(13, "OpenVMS"),
          Map.entry(14, "HP NonStop"),
          Map.entry(15, "AROS"),
          Map.entry(16, "FenixOS"),
          Map.entry(17, "CloudABI"));

  private Refusals() {}

  /// Refuses what the first bytes show not to be a core that is read here; answers with its machine
  /// otherwise.
  static Machine refuseUnlessCore(ByteView first, String source) throws CoreFormatException {
    if (first.length() == 0) {
      throw new NotACoreException(new Where(source, "file", 0), EXPECTED, "an empty file");
    }
    if (!first.startsWith(0, ELF)) {
      throw byMagic(first, source);
    }
    if (first.length() < 20) {
      throw new TruncatedCoreException(
          new Where(source, "ELF header", 0), ElfHeader.BYTES, first.length());
    }
    boolean bigEndian = first.u8(5) == 2;
    int type = half(first, 16, bigEndian);
    int number = half(first, 18, bigEndian);
    String kind = description(first.u8(4), bigEndian, number);
    if (type != ElfHeader.CORE) {
      throw new NotACoreException(
          new Where(source, "ELF header.e_type", 16), EXPECTED, typeName(type) + " (" + kind + ")");
    }
    Optional<Machine> machine = Machine.ofElfNumber(number);
    if (first.u8(4) != 2 || first.u8(5) != 1 || machine.isEmpty()) {
      throw new UnsupportedCoreException(
          new Where(source, "ELF header", 4), EXPECTED, "a core of " + kind);
    }
    int system = first.u8(7);
    if (system != 0 && system != GNU_LINUX) {
      throw new UnsupportedCoreException(
          new Where(source, "ELF header.e_ident[EI_OSABI]", 7),
          EXPECTED,
          "a core of " + SYSTEMS.getOrDefault(system, "system " + system) + " (" + kind + ")");
    }
    return machine.get();
  }

  /// Refuses cores whose notes show that another system, or a kernel, wrote them: their ELF headers
  /// look like ours.
  static void refuseForeignNotes(List<Note> notes, String source) throws CoreFormatException {
    for (Note note : notes) {
      String owner = note.owner();
      if (owner.equals("LINUX") || (owner.equals("CORE") && !isForeignCoreType(note.type()))) {
        continue;
      }
      String kind = foreignKind(owner);
      if (kind != null) {
        throw new UnsupportedCoreException(
            new Where(source, "note " + note.head(), note.fileOffset()), EXPECTED, kind);
      }
    }
  }

  /// Refuses images of kernel memory without telling notes, such as `/proc/kcore` and vmcores of
  /// old kernels: not one of their segments lies where a process can have memory.
  static void refuseKernelMemory(SegmentIndex segments, String source) throws CoreFormatException {
    boolean kernel =
        segments.count() > 0
            && Long.compareUnsigned(segments.from(0), KERNEL_FROM) >= 0
            && segments.from(0) != VSYSCALL;
    if (kernel) {
      throw new UnsupportedCoreException(
          new Where(source, "program headers", 0),
          EXPECTED,
          "a kernel's memory (lowest segment at 0x" + Long.toHexString(segments.from(0)) + ")");
    }
  }

  /// NT_PSTATUS and NT_PSINFO are Solaris's.
  private static boolean isForeignCoreType(int type) {
    return type == 10 || type == 13;
  }

  private static @Nullable String foreignKind(String owner) {
    if (owner.startsWith("NetBSD-CORE")) {
      return "a core of NetBSD";
    }
    return switch (owner) {
      case "CORE" -> "a core of Solaris";
      case "VMCOREINFO" -> "a kernel dump (vmcore: it has a VMCOREINFO note)";
      case "QEMU" -> "a virtual machine's memory (qemu dump-guest-memory)";
      case "VBCORE", "VBCPU" -> "a virtual machine's memory (VirtualBox)";
      case "Xen", ".note.Xen" -> "a Xen domain's memory";
      case "FreeBSD" -> "a core of FreeBSD";
      case "OpenBSD" -> "a core of OpenBSD";
      case "QNX" -> "a core of QNX";
      default -> null;
    };
  }

  private static CoreFormatException byMagic(ByteView first, String source) {
    Where where = new Where(source, "file", 0);
    for (Magic magic : MAGICS) {
      if (first.startsWith(magic.at(), magic.bytes())) {
        return magic.dump()
            ? new UnsupportedCoreException(where, EXPECTED, magic.kind())
            : new NotACoreException(where, EXPECTED, magic.kind());
      }
    }
    if (ELF.startsWith(0, first)) {
      return new TruncatedCoreException(
          new Where(source, "ELF header", 0), ElfHeader.BYTES, first.length());
    }
    return new NotACoreException(where, EXPECTED, "a file that begins with " + hex(first));
  }

  private static String typeName(int type) {
    return switch (type) {
      case 1 -> "an object file";
      case 2 -> "an executable";
      case 3 -> "a shared object or position-independent executable";
      default -> "an ELF file of type " + type;
    };
  }

  private static String description(int elfClass, boolean bigEndian, int machine) {
    String bits =
        switch (elfClass) {
          case 1 -> "32-bit ";
          case 2 -> "64-bit ";
          default -> "unknown-class ";
        };
    String name = MACHINES.getOrDefault(machine, "machine " + machine);
    return bits + (bigEndian ? "big-endian " : "little-endian ") + name;
  }

  private static int half(ByteView view, int at, boolean bigEndian) {
    int value = view.u16(at);
    return bigEndian ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
  }

  private static String hex(ByteView first) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(8, first.length()); i++) {
      text.append(i == 0 ? "0x" : "").append(Character.forDigit(first.u8(i) >> 4, 16));
      text.append(Character.forDigit(first.u8(i) & 15, 16));
    }
    return text.toString();
  }
}
