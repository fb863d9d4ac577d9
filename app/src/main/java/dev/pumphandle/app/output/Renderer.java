package dev.pumphandle.app.output;

import java.io.IOException;

/// Writes a grid in one format.
public interface Renderer {
  /// Writes all of `grid`, its last line ended.
  ///
  /// @throws IOException when `out` refuses, for instance because the reader has gone away
  void render(Grid grid, Appendable out) throws IOException;
}
