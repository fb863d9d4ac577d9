package dev.pumphandle.app.output;

/// The head of one column of a grid.
///
/// @param name the column's name: what JSON calls the field
/// @param side where its values stand in a table
public record Heading(String name, Side side) {

  /// Where values stand in their column.
  public enum Side {
    LEFT,
    RIGHT
  }

  /// A column of words.
  public static Heading words(String name) {
    return new Heading(name, Side.LEFT);
  }

  /// A column of numbers.
  public static Heading numbers(String name) {
    return new Heading(name, Side.RIGHT);
  }
}
