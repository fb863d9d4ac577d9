package dev.pumphandle.app;

import dev.pumphandle.app.command.AscertainmentCommand;
import dev.pumphandle.app.command.CollectChangesCommand;
import dev.pumphandle.app.command.CollectCommand;
import dev.pumphandle.app.command.CollectFleetCommand;
import dev.pumphandle.app.command.CollectLogsCommand;
import dev.pumphandle.app.command.ColumnsCommand;
import dev.pumphandle.app.command.CompareCommand;
import dev.pumphandle.app.command.CompletionCommand;
import dev.pumphandle.app.command.CurveCommand;
import dev.pumphandle.app.command.DemoCommand;
import dev.pumphandle.app.command.DenylistCommand;
import dev.pumphandle.app.command.EvaluateCommand;
import dev.pumphandle.app.command.HelpCommand;
import dev.pumphandle.app.command.HostsCommand;
import dev.pumphandle.app.command.InitCommand;
import dev.pumphandle.app.command.InvestigateCommand;
import dev.pumphandle.app.command.LabelCommand;
import dev.pumphandle.app.command.ListCommand;
import dev.pumphandle.app.command.RaceCommand;
import dev.pumphandle.app.command.ShowCommand;
import dev.pumphandle.app.command.SimulateCommand;
import dev.pumphandle.app.command.SqlCommand;
import dev.pumphandle.app.command.VectorsCommand;
import dev.pumphandle.app.command.WatchCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/// All commands, in the order in which help lists them: the order of the work.
final class CommandTree {
  private static final Map<String, Function<Session, Object>> COMMANDS = commands();

  // For those who check the arithmetic, not for those who use it.
  static final String HIDDEN = "vectors";

  private CommandTree() {}

  /// The names of the commands that help lists, in order.
  static List<String> names() {
    return COMMANDS.keySet().stream().filter(name -> !name.equals(HIDDEN)).toList();
  }

  private static Map<String, Function<Session, Object>> commands() {
    Map<String, Function<Session, Object>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand::new);
    commands.put("init", InitCommand::new);
    commands.put("collect", CollectCommand::new);
    commands.put("collect-logs", CollectLogsCommand::new);
    commands.put("collect-fleet", CollectFleetCommand::new);
    commands.put("collect-changes", CollectChangesCommand::new);
    commands.put("label", LabelCommand::new);
    commands.put("ascertainment", AscertainmentCommand::new);
    commands.put("list", ListCommand::new);
    commands.put("show", ShowCommand::new);
    commands.put("investigate", InvestigateCommand::new);
    commands.put("curve", CurveCommand::new);
    commands.put("compare", CompareCommand::new);
    commands.put("hosts", HostsCommand::new);
    commands.put("denylist", DenylistCommand::new);
    commands.put("evaluate", EvaluateCommand::new);
    commands.put("race", RaceCommand::new);
    commands.put("watch", WatchCommand::new);
    commands.put("sql", SqlCommand::new);
    commands.put("columns", ColumnsCommand::new);
    commands.put("simulate", SimulateCommand::new);
    commands.put("vectors", VectorsCommand::new);
    commands.put("help", HelpCommand::new);
    commands.put("completion", CompletionCommand::new);
    return commands;
  }

  /// Adds the commands to the root. Reading a command's annotations takes milliseconds, so when the
  /// first argument names a command only that one is added; any other beginning gets all of them.
  static void grow(CommandLine root, Session session, String... arguments) {
    boolean named = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
    boolean about = named && (arguments[0].equals("help") || arguments[0].equals("completion"));
    for (Map.Entry<String, Function<Session, Object>> each : COMMANDS.entrySet()) {
      if (!named || about || each.getKey().equals(arguments[0])) {
        root.addSubcommand(each.getKey(), each.getValue().apply(session));
      }
    }
    root.getCommandSpec().versionProvider(() -> new String[] {"pumphandle " + Version.current()});
  }

  /// Puts the examples where a reader looks first: right below the synopsis and the description.
  static void examplesFirst(CommandLine line) {
    List<String> keys = new ArrayList<>(line.getHelpSectionKeys());
    keys.removeAll(
        List.of(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, UsageMessageSpec.SECTION_KEY_FOOTER));
    int after = keys.indexOf(UsageMessageSpec.SECTION_KEY_DESCRIPTION) + 1;
    for (CommandLine sub : line.getSubcommands().values()) {
      List<String> order = new ArrayList<>(keys);
      order.addAll(
          after,
          List.of(
              UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, UsageMessageSpec.SECTION_KEY_FOOTER));
      sub.setHelpSectionKeys(order);
    }
  }
}
