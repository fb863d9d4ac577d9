package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.corefile.elf.Symbol;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.stack.Frame;
import dev.pumphandle.corefile.stack.FrameTrust;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.StackColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The stack of the thread that faulted, and a short name for the place of death.
final class StackExaminer implements Examiner {

  /// How many frames make the signature.
  private static final int SIGNATURE = 3;

  @Override
  public String name() {
    return "stack";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    List<FrameFact> facts = new ArrayList<>();
    for (Frame frame : frames(evidence)) {
      facts.add(fact(evidence, frame));
    }
    row.put(StackColumns.FRAMES, facts);
    if (facts.size() < 2) {
      missing.add(StackColumns.FRAMES, "no caller was found");
    }
    row.put(StackColumns.SIGNATURE, signature(evidence, facts));
  }

  /// After a call or a jump to nowhere, the caller is the word on top of the stack: the frame of
  /// the
  /// bad address has no frame of its own.
  private static List<Frame> frames(Evidence evidence) throws IOException {
    Registers registers = evidence.registers();
    boolean entered =
        evidence.isX86()
            && !evidence.code().isCode(registers.pc())
            && (evidence.control().arrived() == Control.Arrived.CALLED
                || evidence.control().arrived() == Control.Arrived.JUMPED);
    OptionalLong top = evidence.word(registers.sp());
    if (!entered || top.isEmpty() || !evidence.code().isCode(top.getAsLong())) {
      return evidence.walk().from(registers);
    }
    List<Frame> frames = new ArrayList<>();
    frames.add(new Frame(registers.pc(), registers.sp(), FrameTrust.CONTEXT));
    List<Frame> callers =
        evidence
            .walk()
            .from(registers.with("rip", top.getAsLong()).with("rsp", registers.sp() + 8));
    for (Frame caller : callers) {
      boolean first = frames.size() == 1;
      frames.add(first ? new Frame(caller.pc(), caller.sp(), FrameTrust.SCAN) : caller);
    }
    return frames;
  }

  private static FrameFact fact(Evidence evidence, Frame frame) throws IOException {
    Optional<LoadedFile> file = evidence.files().at(frame.lookup());
    return new FrameFact(
        frame.pc(),
        file.isPresent() ? function(evidence, file.get(), frame.lookup()) : Optional.empty(),
        file.map(LoadedFile::name),
        file.isPresent() ? OptionalLong.of(frame.pc() - file.get().bias()) : OptionalLong.empty(),
        frame.trust().word());
  }

  private static Optional<String> function(Evidence evidence, LoadedFile file, long address)
      throws IOException {
    Optional<ElfImage> image =
        file.kind() == LoadedFile.Kind.VDSO
            ? evidence.files().vdsoImage()
            : evidence.executables().find(file);
    return image.isEmpty()
        ? Optional.empty()
        : image.get().functionAt(address - file.bias()).map(Symbol::name);
  }

  /// Where control was sent, when it was sent nowhere; then the innermost frames that are code, by
  /// function, or by file and offset where no symbol is at hand.
  private static String signature(Evidence evidence, List<FrameFact> facts) {
    List<String> parts = new ArrayList<>();
    Control.Arrived arrived = evidence.control().arrived();
    if (arrived != Control.Arrived.RAN && evidence.control().target().isPresent()) {
      parts.add("(" + evidence.kind(evidence.control().target().getAsLong()).word() + ")");
    }
    for (FrameFact fact : facts) {
      if (parts.size() >= SIGNATURE) {
        break;
      }
      if (fact.file().isPresent()) {
        parts.add(fact.function().orElse(place(fact)));
      }
    }
    return parts.isEmpty() ? "(nowhere)" : String.join(" | ", parts);
  }

  private static String place(FrameFact fact) {
    String path = fact.file().orElse("?");
    return path.substring(path.lastIndexOf('/') + 1)
        + "+0x"
        + Long.toHexString(fact.offset().orElse(fact.pc()));
  }
}
