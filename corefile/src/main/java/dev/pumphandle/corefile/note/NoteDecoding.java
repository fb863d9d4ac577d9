package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.Machine;

/// Which type a note becomes: by owner and type, and only where its contents are large enough for
/// its fixed part.
final class NoteDecoding {

  /// More than any contents have (bytes).
  private static final int UNKNOWN = Integer.MAX_VALUE;

  private NoteDecoding() {}

  static Note decode(NoteHead head, Machine machine) {
    return switch (head.owner()) {
      case NoteType.CORE -> core(head, machine);
      case NoteType.LINUX -> linux(head, machine);
      default -> new UnknownNote(head);
    };
  }

  /// Whether the owner and type are known, so that a note which stays unknown must have been too
  /// small.
  static boolean isKnown(NoteHead head) {
    return switch (head.owner()) {
      case NoteType.CORE -> leastCoreBytes(head.type(), Machine.X86_64) != UNKNOWN;
      case NoteType.LINUX -> head.type() == NoteType.X86_XSTATE;
      default -> false;
    };
  }

  /// Whether a note is a thread's bulky state rather than who it was, how it died or where it was.
  static boolean isBulk(Note note) {
    return switch (note) {
      case FpRegSet _, XState _, PrXFpReg _, ArmNote _, UnknownNote _ -> true;
      case PrStatus _, PrPsInfo _, SigInfo _, AuxVector _, FileMap _ -> false;
    };
  }

  /// How large the contents must at least be for the type (bytes); [#UNKNOWN] for other types.
  private static int leastCoreBytes(int type, Machine machine) {
    return switch (type) {
      case NoteType.PRSTATUS -> PrStatus.leastBytes(machine);
      case NoteType.FPREGSET -> FpRegSet.leastBytes(machine);
      case NoteType.PRPSINFO -> PrPsInfo.LEAST_BYTES;
      case NoteType.SIGINFO -> SigInfo.LEAST_BYTES;
      case NoteType.AUXV -> AuxVector.ENTRY_BYTES;
      case NoteType.FILE -> FileMap.LEAST_BYTES;
      default -> UNKNOWN;
    };
  }

  private static Note core(NoteHead head, Machine machine) {
    if (head.contents().length() < leastCoreBytes(head.type(), machine)) {
      return new UnknownNote(head);
    }
    return switch (head.type()) {
      case NoteType.PRSTATUS -> new PrStatus(head, machine);
      case NoteType.FPREGSET -> new FpRegSet(head, machine);
      case NoteType.PRPSINFO -> new PrPsInfo(head);
      case NoteType.SIGINFO -> new SigInfo(head);
      case NoteType.AUXV -> new AuxVector(head);
      case NoteType.FILE -> new FileMap(head);
      default -> new UnknownNote(head);
    };
  }

  private static Note linux(NoteHead head, Machine machine) {
    return switch (machine) {
      case X86_64 ->
          switch (head.type()) {
            case NoteType.X86_XSTATE ->
                head.contents().length() >= XState.LEAST_BYTES
                    ? new XState(head)
                    : new UnknownNote(head);
            case NoteType.PRXFPREG -> new PrXFpReg(head);
            default -> new UnknownNote(head);
          };
      case AARCH64 ->
          ArmNote.Kind.ofType(head.type())
              .<Note>map(kind -> new ArmNote(head, kind))
              .orElseGet(() -> new UnknownNote(head));
    };
  }
}
