package dev.pumphandle.stores;

import java.util.Locale;

/// Which objects are not cores, but lie beside one and tell of it.
public final class Sidecars {

  private Sidecars() {}

  /// Whether an object of this name is a sidecar: `*.json`, unless it is called after the journal,
  /// whose exports hold cores of their own.
  ///
  /// @param name the last part of its name
  public static boolean isOne(String name) {
    return name.endsWith(".json") && !name.toLowerCase(Locale.ROOT).contains("journal");
  }
}
