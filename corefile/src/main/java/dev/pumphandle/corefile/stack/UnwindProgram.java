package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Runs call frame instructions up to an address.
///
/// Source: DWARF 5 §6.4.2 and §7.24; GNU extensions DW_CFA_GNU_args_size (0x2e) and
/// DW_CFA_GNU_negative_offset_extended (0x2f); DW_CFA_AARCH64_negate_ra_state (0x2d).
final class UnwindProgram {

  /// Remembered states and instructions beyond these are no compiler's work.
  private static final int MOST_REMEMBERED = 64;

  private static final int MOST_INSTRUCTIONS = 100_000;

  private final long codeAlign;
  private final long dataAlign;
  private final int pointerEncoding;
  private Map<Integer, UnwindRow.Rule> rules = new HashMap<>();
  private Map<Integer, UnwindRow.Rule> initial = Map.of();
  private int cfaRegister = -1;
  private long cfaOffset;
  private Optional<ByteView> cfaExpression = Optional.empty();
  private final Deque<State> remembered = new ArrayDeque<>();
  private int executed;

  private record State(
      Map<Integer, UnwindRow.Rule> rules,
      int register,
      long offset,
      Optional<ByteView> expression) {}

  UnwindProgram(long codeAlign, long dataAlign, int pointerEncoding) {
    this.codeAlign = codeAlign;
    this.dataAlign = dataAlign;
    this.pointerEncoding = pointerEncoding;
  }

  /// What has been set up so far is what DW_CFA_restore restores.
  void markInitial() {
    initial = Map.copyOf(rules);
  }

  /// Runs the instructions in `[from, to)` of the bytes, from `location` on, until they would pass
  /// `target`.
  void run(ByteView bytes, long address, int from, int to, long location, long target) {
    DwarfCursor cursor = new DwarfCursor(bytes, address, from);
    long at = location;
    while (!cursor.atEnd(to)) {
      if (++executed > MOST_INSTRUCTIONS) {
        throw new IndexOutOfBoundsException("call frame program without end");
      }
      int op = cursor.u8();
      int low = op & 0x3F;
      switch (op & 0xC0) {
        case 0x40 -> at += low * codeAlign;
        case 0x80 -> rules.put(low, new UnwindRow.Rule.Saved(cursor.uleb() * dataAlign));
        case 0xC0 -> restore(low);
        default -> at = extended(op, cursor, bytes, at);
      }
      if (Long.compareUnsigned(at, target) > 0) {
        return;
      }
    }
  }

  private long extended(int op, DwarfCursor cursor, ByteView bytes, long at) {
    switch (op) {
      case 0x00 -> {}
      case 0x01 -> {
        return cursor.pointer(pointerEncoding & 0x7F, 0);
      }
      case 0x02 -> {
        return at + cursor.u8() * codeAlign;
      }
      case 0x03 -> {
        return at + cursor.u16() * codeAlign;
      }
      case 0x04 -> {
        return at + cursor.u32() * codeAlign;
      }
      case 0x05 -> rules.put(register(cursor), new UnwindRow.Rule.Saved(cursor.uleb() * dataAlign));
      case 0x06 -> restore(register(cursor));
      case 0x07 -> rules.put(register(cursor), new UnwindRow.Rule.Lost());
      case 0x08 -> rules.remove(register(cursor));
      case 0x09 -> rules.put(register(cursor), new UnwindRow.Rule.InRegister(register(cursor)));
      case 0x0A -> remember();
      case 0x0B -> recall();
      case 0x0C -> cfa(register(cursor), cursor.uleb());
      case 0x0D -> cfa(register(cursor), cfaOffset);
      case 0x0E -> cfa(cfaRegister, cursor.uleb());
      case 0x0F -> cfaExpression = Optional.of(block(cursor, bytes));
      case 0x10 -> rules.put(register(cursor), new UnwindRow.Rule.SavedAt(block(cursor, bytes)));
      case 0x11 -> rules.put(register(cursor), new UnwindRow.Rule.Saved(cursor.sleb() * dataAlign));
      case 0x12 -> cfa(register(cursor), cursor.sleb() * dataAlign);
      case 0x13 -> cfa(cfaRegister, cursor.sleb() * dataAlign);
      case 0x14 -> rules.put(register(cursor), new UnwindRow.Rule.IsCfa(cursor.uleb() * dataAlign));
      case 0x15 -> rules.put(register(cursor), new UnwindRow.Rule.IsCfa(cursor.sleb() * dataAlign));
      case 0x16 -> rules.put(register(cursor), new UnwindRow.Rule.Is(block(cursor, bytes)));
      case 0x2D -> {} // the return address is signed from here on; we compare without the signature
      case 0x2E -> cursor.uleb();
      case 0x2F ->
          rules.put(register(cursor), new UnwindRow.Rule.Saved(-cursor.uleb() * dataAlign));
      default -> throw new IndexOutOfBoundsException("call frame instruction " + op);
    }
    return at;
  }

  private static int register(DwarfCursor cursor) {
    return (int) Math.min(cursor.uleb() & 0xFFFF_FFFFL, 0xFFFF);
  }

  private static ByteView block(DwarfCursor cursor, ByteView bytes) {
    long length = cursor.uleb();
    if (length < 0 || length > bytes.length()) {
      throw new IndexOutOfBoundsException("block of " + length);
    }
    ByteView block = bytes.slice(cursor.position(), (int) length);
    cursor.seek(cursor.position() + (int) length);
    return block;
  }

  private void cfa(int register, long offset) {
    cfaRegister = register;
    cfaOffset = offset;
    cfaExpression = Optional.empty();
  }

  private void restore(int register) {
    UnwindRow.Rule rule = initial.get(register);
    if (rule == null) {
      rules.remove(register);
    } else {
      rules.put(register, rule);
    }
  }

  private void remember() {
    if (remembered.size() >= MOST_REMEMBERED) {
      throw new IndexOutOfBoundsException("too many states remembered");
    }
    remembered.push(new State(new HashMap<>(rules), cfaRegister, cfaOffset, cfaExpression));
  }

  private void recall() {
    if (remembered.isEmpty()) {
      throw new IndexOutOfBoundsException("no state to recall");
    }
    State state = remembered.pop();
    rules = state.rules();
    cfaRegister = state.register();
    cfaOffset = state.offset();
    cfaExpression = state.expression();
  }

  /// The row that the instructions have come to.
  UnwindRow row(int returnColumn, boolean signalFrame) {
    UnwindRow.Cfa cfa =
        cfaExpression.isPresent()
            ? new UnwindRow.Cfa.Computed(cfaExpression.get())
            : new UnwindRow.Cfa.AtRegister(cfaRegister, cfaOffset);
    return new UnwindRow(cfa, Map.copyOf(rules), returnColumn, signalFrame);
  }
}
