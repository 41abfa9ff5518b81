package dev.repli.rollback;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanLike;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The plan over two nodes in memory, whose target was upgraded on its own machine. */
public final class UpgradedPlan {
  /** The nodes in memory say all the time that they are of this one. */
  private static final String FAKE_RELEASE = "11.4";

  public static Plan of(FakeDatabase database) {
    return with(database, new Machine.Backups(Path.of("/backups"), Path.of("/scratch")));
  }

  /** The same with other backups. */
  public static Plan with(FakeDatabase database, Machine.Backups backups) {
    return plan(database, machine(backups));
  }

  /** The same on a machine that is there. */
  public static Plan on(Machine machine) {
    return plan(new FakeDatabase(new VirtualTime()), machine);
  }

  private static Plan plan(FakeDatabase database, Machine machine) {
    Plan like =
        SamplePlan.of(
            database, List.of(), new Checks(List.of(), List.of(), List.of()), "2".repeat(64));
    return PlanLike.of(like).between(like.source(), upgraded(like.target(), machine)).plan();
  }

  private static Machine machine(Machine.Backups backups) {
    Path tools = Path.of("/opt/before/bin");
    return new Machine(
        new HostAccess.Local(),
        Path.of("/var/lib/mysql"),
        "mysql:mysql",
        Path.of("/usr/sbin/mariadbd"),
        List.of("/bin/stop"),
        List.of("/bin/start"),
        Optional.of(backups),
        Optional.of(new Machine.Previous(FAKE_RELEASE, tools, List.of("/bin/switch-back"))));
  }

  private static Node upgraded(Node node, Machine machine) {
    return new Node(
        node.role(),
        node.kind(),
        node.address(),
        node.account(),
        node.replication(),
        node.tls(),
        node.fenceFile(),
        node.environment(),
        Optional.of(machine));
  }

  private UpgradedPlan() {}
}
