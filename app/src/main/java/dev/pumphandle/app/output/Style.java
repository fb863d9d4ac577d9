package dev.pumphandle.app.output;

/// Weight and colour on a terminal, or neither. Nothing is said by colour alone.
///
/// @param colour whether escape sequences may be written
public record Style(boolean colour) {
  private static final String END = "\u001b[0m";

  /// What the eye should find first.
  public String strong(String text) {
    return wrapped("\u001b[1m", text);
  }

  /// What is there for completeness.
  public String faint(String text) {
    return wrapped("\u001b[2m", text);
  }

  /// What is wrong or deciding.
  public String alert(String text) {
    return wrapped("\u001b[1;33m", text);
  }

  private String wrapped(String begin, String text) {
    return colour && !text.isEmpty() ? begin + text + END : text;
  }
}
