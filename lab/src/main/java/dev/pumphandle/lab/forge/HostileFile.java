package dev.pumphandle.lab.forge;

import java.util.function.Supplier;

/// A file that means harm, made when it is asked for.
///
/// @param name  what is wrong with it; unique, and fit for a file name
/// @param forge makes it
public record HostileFile(String name, Supplier<ForgedCore> forge) {

  /// The file.
  public ForgedCore core() {
    return forge.get();
  }

  static HostileFile of(String name, Supplier<ForgedCore> forge) {
    return new HostileFile(name, forge);
  }
}
