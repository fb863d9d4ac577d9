package dev.pumphandle.linelist;

/// Where a column's value comes from at query time.
public enum Standing {
  /// A fact: written once, when the object was examined.
  STORED,
  /// A judgement: computed by a view from facts and case definitions, never stored.
  DERIVED
}
