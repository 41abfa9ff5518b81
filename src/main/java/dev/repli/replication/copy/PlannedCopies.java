package dev.repli.replication.copy;

import dev.repli.database.Position;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.replication.Copies;
import dev.repli.replication.CopyMethod;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
  private final Journal journal;

  PlannedCopies(Copies real, Journal journal) {
    this.real = real;
    this.journal = journal;
  }

  @Override
  public State advance(Order order) {
    journal.appendAll(order.run(), order.method() == CopyMethod.DUMP ? dump(order) : backup(order));
    starts.put(order.run(), order.plan().source().kind() == Node.Kind.MYSQL ? FILE : GTID);
    return copied(starts.getOrDefault(order.run(), GTID));
  }

  private static State copied(Position start) {
    return new State.Copied("not copied: dry run", start);
  }

  private static List<Evidence> dump(Order order) {
    List<Evidence> planned = new ArrayList<>();
    planned.add(command(ToolCommands.dump(order)));
    planned.add(command(ToolCommands.load(order.plan())));
    for (String sql : DumpPhases.prelude(order.plan()).strip().split("\n", -1)) {
      planned.add(new StatementRun(order.plan().target().label(), sql, Duration.ZERO, NOT_RUN));
    }
    return planned;
  }

  private static List<Evidence> backup(Order order) {
    Plan plan = order.plan();
    InitialCopy.Files files = plan.copy().files().orElseThrow();
    Path backup = FOLDER.resolve("backup");
    return List.of(
        command(ToolCommands.backup(plan, files, backup)),
        command(ToolCommands.prepare(plan, backup)),
        command(files.stop()),
        command(ToolCommands.copyBack(plan, files, backup)),
        command(files.start()));
  }

  private static Evidence command(List<String> words) {
    return new CommandRun("this machine", String.join(" ", words), Duration.ZERO, NOT_RUN);
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
  public void clear(RunKey run, Plan plan) {
    starts.remove(run);
  }
}
