package dev.pumphandle.app.output;

/// The head of one column of a grid.
///
/// @param name the column's name: what JSON calls the field
/// @param side where its values stand in a table
/// @param firm whether its values are useless when shortened, as numbers, times and names of labels
///   are
public record Heading(String name, Side side, boolean firm) {

  /// Where values stand in their column.
  public enum Side {
    LEFT,
    RIGHT
  }

  /// A column of words.
  public static Heading words(String name) {
    return new Heading(name, Side.LEFT, false);
  }

  /// A column of words that are shown whole or not at all.
  public static Heading whole(String name) {
    return new Heading(name, Side.LEFT, true);
  }

  /// A column of numbers.
  public static Heading numbers(String name) {
    return new Heading(name, Side.RIGHT, true);
  }
}
