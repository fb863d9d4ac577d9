package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.log.Dialect;
import dev.pumphandle.fieldwork.log.sentinel.SentinelDialect;
import java.util.List;

/// All dialects, in the order in which a line is offered to them: the first that opens a report has
/// it. Those that say more stand first.
public final class StandardDialects {

  private static final List<Dialect> ALL =
      List.of(
          new SentinelDialect(Executables.NONE, false),
          new FollyDialect(),
          new GlogDialect(),
          new AbseilDialect(),
          new ChromiumDialect(),
          new MicrodumpDialect(),
          new HsErrDialect(),
          new SanitizerDialect(),
          new GoDialect(),
          new RustDialect(),
          new BackwardDialect(),
          new LlvmDialect(),
          new BoostDialect(),
          new KernelDialect(),
          new ArmKernelDialect(),
          new FatalSignalDialect(),
          new OomDialect(),
          new MachineCheckDialect(),
          new AuditDialect(),
          new CoredumpDialect(),
          new UnitDialect(),
          new ContainerDialect(),
          new SupervisorDialect(),
          new HandlerDialect(),
          new AbortDialect(),
          new ShellDialect());

  private StandardDialects() {}

  /// The table.
  public static List<Dialect> all() {
    return ALL;
  }
}
