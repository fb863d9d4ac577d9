package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import java.io.IOException;
import java.util.OptionalLong;

/// Evaluates the DWARF expressions that occur in call frame information: those of PLT stubs, signal
/// trampolines and hand-written assembly.
///
/// Source: DWARF 5 §2.5 and §7.7.1.
final class DwarfExpression {

  private static final int MOST_STEPS = 1000;
  private static final int DEPTH = 64;

  private final MemoryImage memory;
  private final Registers registers;
  private final long[] stack = new long[DEPTH];
  private int depth;

  DwarfExpression(MemoryImage memory, Registers registers) {
    this.memory = memory;
    this.registers = registers;
  }

  /// The value; empty where a register or memory is unknown, or the expression is beyond us.
  ///
  /// @param first what the stack begins with
  OptionalLong evaluate(ByteView expression, OptionalLong first) throws IOException {
    first.ifPresent(this::push);
    DwarfCursor cursor = new DwarfCursor(expression, 0, 0);
    try {
      for (int steps = 0; !cursor.atEnd(expression.length()); steps++) {
        if (steps > MOST_STEPS || !step(cursor)) {
          return OptionalLong.empty();
        }
      }
      return depth > 0 ? OptionalLong.of(pop()) : OptionalLong.empty();
    } catch (IndexOutOfBoundsException e) {
      return OptionalLong.empty();
    }
  }

  private boolean step(DwarfCursor cursor) throws IOException {
    int op = cursor.u8();
    if (op >= 0x30 && op <= 0x4F) {
      push(op - 0x30);
      return true;
    }
    if (op >= 0x70 && op <= 0x8F) {
      return pushRegister(op - 0x70, cursor.sleb());
    }
    switch (op) {
      case 0x03, 0x0E -> push(cursor.u64());
      case 0x06 -> {
        return dereference();
      }
      case 0x08 -> push(cursor.u8());
      case 0x09 -> push((byte) cursor.u8());
      case 0x0A -> push(cursor.u16());
      case 0x0B -> push((short) cursor.u16());
      case 0x0C -> push(cursor.u32());
      case 0x0D -> push(cursor.s32());
      case 0x0F -> push(cursor.u64());
      case 0x10 -> push(cursor.uleb());
      case 0x11 -> push(cursor.sleb());
      case 0x12 -> push(stack[depth - 1]);
      case 0x13 -> pop();
      case 0x14 -> push(stack[depth - 2]);
      case 0x1F -> push(-pop());
      case 0x20 -> push(~pop());
      case 0x23 -> push(pop() + cursor.uleb());
      case 0x92 -> {
        return pushRegister((int) cursor.uleb(), cursor.sleb());
      }
      case 0x28 -> {
        int distance = (short) cursor.u16();
        if (pop() != 0) {
          cursor.seek(cursor.position() + distance);
        }
      }
      case 0x2F -> {
        int distance = (short) cursor.u16();
        cursor.seek(cursor.position() + distance);
      }
      case 0x96 -> {}
      default -> {
        return binary(op);
      }
    }
    return true;
  }

  private boolean binary(int op) {
    long right = pop();
    long left = pop();
    switch (op) {
      case 0x1A -> push(left & right);
      case 0x1C -> push(left - right);
      case 0x1E -> push(left * right);
      case 0x21 -> push(left | right);
      case 0x22 -> push(left + right);
      case 0x24 -> push(right > 63 ? 0 : left << right);
      case 0x25 -> push(right > 63 ? 0 : left >>> right);
      case 0x26 -> push(left >> Math.min(right, 63));
      case 0x27 -> push(left ^ right);
      case 0x29 -> push(left == right ? 1 : 0);
      case 0x2A -> push(left >= right ? 1 : 0);
      case 0x2B -> push(left > right ? 1 : 0);
      case 0x2C -> push(left <= right ? 1 : 0);
      case 0x2D -> push(left < right ? 1 : 0);
      case 0x2E -> push(left != right ? 1 : 0);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean pushRegister(int number, long offset) {
    OptionalLong value = registers.dwarf(number);
    value.ifPresent(v -> push(v + offset));
    return value.isPresent();
  }

  private boolean dereference() throws IOException {
    if (memory.read(pop(), 8) instanceof MemoryRead.Present(ByteView word)) {
      push(word.u64(0));
      return true;
    }
    return false;
  }

  private void push(long value) {
    stack[depth++] = value;
  }

  private long pop() {
    return stack[--depth];
  }
}
