package dev.pumphandle.corefile;

import dev.pumphandle.corefile.note.Note;
import dev.pumphandle.corefile.note.PrStatus;
import dev.pumphandle.corefile.note.SigInfo;
import java.util.List;
import java.util.Optional;

/// One thread of the dead process: its status and the notes that follow it.
public final class CoreThread {

  private final PrStatus status;
  private final List<Note> notes;

  CoreThread(PrStatus status, List<Note> notes) {
    this.status = status;
    this.notes = notes;
  }

  /// The thread's number, as seen in its own PID namespace.
  public int tid() {
    return status.tid();
  }

  /// The signal that the thread was killed by, 0 for none.
  ///
  /// The kernel writes the number of the fatal signal into every thread's status, so this alone
  /// does not tell the dying thread.
  public int cursig() {
    return status.cursig();
  }

  /// The general registers with which the thread would have gone on.
  public Registers registers() {
    return status.registers();
  }

  /// The siginfo written with this thread: in a kernel core only the first thread has one; in a
  /// gcore core each.
  public Optional<SigInfo> sigInfo() {
    return note(SigInfo.class);
  }

  /// The status itself.
  public PrStatus status() {
    return status;
  }

  /// The parent process.
  public int parentPid() {
    return status.parentPid();
  }

  /// The process group.
  public int processGroup() {
    return status.processGroup();
  }

  /// The session.
  public int session() {
    return status.session();
  }

  /// The thread's notes: its status, then those that follow it up to the next thread's.
  /// Unmodifiable.
  public List<Note> notes() {
    return notes;
  }

  /// The first of the thread's notes of this type.
  public <N extends Note> Optional<N> note(Class<N> type) {
    for (Note note : notes) {
      if (type.isInstance(note)) {
        return Optional.of(type.cast(note));
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "thread " + tid() + " (" + registers() + ")";
  }
}
