package dev.pumphandle.corefile.note;

import java.util.Map;

/// The numbers and names of note types, by owner.
///
/// Source: Linux v6.12 include/uapi/linux/elf.h, "Notes used in ET_CORE"
public final class NoteType {

  /// The owner of the types that System V defined.
  public static final String CORE = "CORE";

  /// The owner of the types that Linux added.
  public static final String LINUX = "LINUX";

  static final int PRSTATUS = 1;
  static final int FPREGSET = 2;
  static final int PRPSINFO = 3;
  static final int AUXV = 6;
  static final int SIGINFO = 0x5349_4749;
  static final int FILE = 0x4649_4c45;
  static final int X86_XSTATE = 0x202;
  static final int PRXFPREG = 0x46e6_2b7f;

  private static final Map<Integer, String> CORE_NAMES =
      Map.of(
          PRSTATUS,
          "NT_PRSTATUS",
          FPREGSET,
          "NT_PRFPREG",
          PRPSINFO,
          "NT_PRPSINFO",
          4,
          "NT_TASKSTRUCT",
          AUXV,
          "NT_AUXV",
          SIGINFO,
          "NT_SIGINFO",
          FILE,
          "NT_FILE");

  private static final Map<Integer, String> LINUX_NAMES =
      Map.of(
          PRXFPREG,
          "NT_PRXFPREG",
          0x200,
          "NT_386_TLS",
          0x201,
          "NT_386_IOPERM",
          X86_XSTATE,
          "NT_X86_XSTATE",
          0x204,
          "NT_X86_SHSTK",
          0x205,
          "NT_X86_XSAVE_LAYOUT");

  private NoteType() {}

  /// The name of a type, or its number in hex where it has none here.
  public static String nameOf(String owner, int type) {
    String name =
        switch (owner) {
          case CORE -> CORE_NAMES.get(type);
          case LINUX ->
              ArmNote.Kind.ofType(type).map(ArmNote.Kind::noteName).orElse(LINUX_NAMES.get(type));
          default -> null;
        };
    return name == null ? "0x" + Integer.toHexString(type) : name;
  }
}
