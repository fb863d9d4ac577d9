package dev.pumphandle.epi.mixture;

/// What a class of an [AnchoredMixture] is.
public sealed interface ClassKind {

  /// Crashes like all others.
  record Unrelated() implements ClassKind {}

  /// A disease of the place that an accepted scan set describes.
  ///
  /// @param set the index of the set
  record Place(int set) implements ClassKind {}

  /// A disease that lives anywhere and is told by its signs.
  ///
  /// @param index which of the diffuse classes
  record Diffuse(int index) implements ClassKind {}
}
