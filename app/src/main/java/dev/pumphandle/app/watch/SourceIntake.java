package dev.pumphandle.app.watch;

import dev.pumphandle.app.Session;
import dev.pumphandle.registry.Workspace;
import java.util.List;

final class SourceIntake implements Watching.Intake, AutoCloseable {
  SourceIntake(Session session, Workspace workspace, List<String> sources) {}
  public void takeIn() {}
  void await() {}
  boolean ended() { return false; }
  long unreadable() { return 0; }
  public void close() {}
}
