package dev.repli.replication.copy;

import dev.repli.database.ActLog;
import dev.repli.database.Position;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.replication.Copies;
import dev.repli.replication.CopyMethod;
import dev.repli.replication.SetupServer;
import dev.repli.replication.SetupServers;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down the commands of a copy and runs none. */
final class PlannedCopies implements Copies {
  private static final String NOT_RUN = "dry run: not run";
  private static final Path FOLDER = Path.of("<folder of the run>");
  private static final Position GTID =
      new Position(Position.Kind.MARIADB_GTID, "<position of the copy>");
  private static final Position FILE =
      new Position(Position.Kind.BINLOG_FILE, "<file of the dump>:<offset of the dump>");
  private final Map<RunKey, Position> starts = new ConcurrentHashMap<>();
  private final Copies real;
  private final SetupServers servers;
  private final Journal journal;

  PlannedCopies(Copies real, SetupServers servers, Journal journal) {
    this.real = real;
    this.servers = servers;
    this.journal = journal;
  }

  @Override
  public State advance(Order order) {
    try (SetupServer target = servers.connect(order.plan(), Node.Role.TARGET, log(order))) {
      if (order.method() == CopyMethod.DUMP) {
        dump(order, target);
      } else {
        backup(order, target);
      }
    }
    starts.put(order.run(), order.plan().source().kind() == Node.Kind.MYSQL ? FILE : GTID);
    return copied(starts.getOrDefault(order.run(), GTID));
  }

  private ActLog log(Order order) {
    return (node, sql, took, outcome) ->
        journal.append(order.run(), new StatementRun(node, sql, took, outcome));
  }

  private static State copied(Position start) {
    return new State.Copied("not copied: dry run", start);
  }

  private void dump(Order order, SetupServer target) {
    command(order, ToolCommands.dump(order));
    target.fence();
    for (String sql : DumpPhases.prelude(order.plan()).strip().split("\n", -1)) {
      journal.append(
          order.run(), new StatementRun(target.node().label(), sql, Duration.ZERO, NOT_RUN));
    }
    command(order, ToolCommands.load(order.plan()));
    target.silenceEvents();
  }

  private void backup(Order order, SetupServer target) {
    Plan plan = order.plan();
    InitialCopy.Files files = plan.copy().files().orElseThrow();
    Path backup = FOLDER.resolve("backup");
    command(order, ToolCommands.backup(plan, files, backup));
    command(order, ToolCommands.prepare(plan, backup));
    command(order, files.stop());
    command(order, ToolCommands.copyBack(plan, files, backup));
    command(order, files.start());
    target.fence();
    target.silenceEvents();
  }

  private void command(Order order, List<String> words) {
    journal.append(
        order.run(),
        new CommandRun("this machine", String.join(" ", words), Duration.ZERO, NOT_RUN));
  }

  @Override
  public Ability ability(Plan plan, long bytes) {
    return real.ability(plan, bytes);
  }

  @Override
  public Optional<State> look(RunKey run) {
    return Optional.of(copied(starts.getOrDefault(run, GTID)));
  }

  @Override
  public boolean replaces(RunKey run) {
    return false;
  }

  @Override
  public void clear(RunKey run, Plan plan) {
    starts.remove(run);
  }
}
