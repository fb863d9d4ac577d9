package dev.pumphandle.app.command;

import dev.pumphandle.app.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;

/// One command of the command line.
public interface Verb extends Callable<Integer> {
  /// Does what the command line asks.
  ///
  /// @throws IOException when a file cannot be read or written, or the reader of the output has
  ///   gone away
  ExitCode run() throws IOException;

  @Override
  default Integer call() throws IOException {
    return run().number();
  }
}
