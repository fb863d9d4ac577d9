package dev.pumphandle.app.investigate;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.output.Paragraph;
import java.io.IOException;

/// Writes the pieces of a page as wide as the terminal is, within what a person reads with ease.
final class PageWriter {

  private final Session session;

  PageWriter(Session session) {
    this.session = session;
  }

  void title(String text) throws IOException {
    session.out().append('\n').append(session.style().strong(text)).append('\n');
  }

  void line(String text) throws IOException {
    for (String each : Paragraph.lines(text, width())) {
      session.out().append(each).append('\n');
    }
  }

  void item(String text) throws IOException {
    String before = "  • ";
    for (String each : Paragraph.lines(text, width() - before.length())) {
      session.out().append(before).append(each).append('\n');
      before = "    ";
    }
  }

  private int width() {
    return Math.clamp(session.columns(), 60, 110);
  }
}
