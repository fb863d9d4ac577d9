package dev.pumphandle.registry;

/// What meeting a definition means.
public enum DefinitionKind {
  /// The row is a case of this disease.
  CASE("case definition"),
  /// The row is no case, and why.
  EXCLUSION("exclusion");

  private final String word;

  DefinitionKind(String word) {
    this.word = word;
  }

  /// The word that begins a definition's file.
  public String word() {
    return word;
  }
}
