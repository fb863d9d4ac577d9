package dev.pumphandle.corefile;

/// A core that ends before or inside the structures without which nothing can be said about it.
public final class TruncatedCoreException extends CoreFormatException {

  private static final long serialVersionUID = 1;

  private final long needed;
  private final long available;

  /// A structure that the file ends in.
  ///
  /// @param needed how much the structure takes (bytes)
  /// @param available how much of it the file has (bytes)
  public TruncatedCoreException(Where where, long needed, long available) {
    super(
        where,
        "needs " + needed + " bytes, the file has " + available + " left",
        needed,
        available);
    this.needed = needed;
    this.available = available;
  }

  /// How much the structure takes (bytes).
  public long needed() {
    return needed;
  }

  /// How much of it the file has (bytes).
  public long available() {
    return available;
  }
}
