package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.stack.Frame;
import java.io.IOException;
import java.util.List;

/// Who called whom on the stack of a dead thread, as far as somebody can tell.
@FunctionalInterface
public interface Callers {

  /// Nobody can tell.
  Callers UNKNOWN = _ -> List.of();

  /// The frames from these registers outwards, innermost first; the registers themselves are the
  /// first.
  ///
  /// @throws IOException where the store cannot deliver
  List<Frame> of(Registers registers) throws IOException;
}
