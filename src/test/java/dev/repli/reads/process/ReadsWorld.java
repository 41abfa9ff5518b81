package dev.repli.reads.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanLike;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.reads.ReadProbe;
import dev.repli.reads.ReadsObserver;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import dev.repli.runbook.Killed;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;

/** Nodes, a route, reads and a journal in memory, and one run on a real engine. */
final class ReadsWorld extends RunbookWorld {
  static final RunKey KEY = new RunKey("READS-1");

  final VirtualTime time = new VirtualTime();
  final FakeDatabase database = new FakeDatabase(time);
  final FakeRoute route = FakeRoute.cutting(Node.Role.SOURCE);
  final Journal journal = new InMemoryJournal(time);
  final PretendReads reads = new PretendReads(route, time);
  private ReadsObserver observer = ReadsObserver.NONE;

  /**
   * @param beans what the engine's expressions see; replaced by those of this world
   */
  ReadsWorld(ProcessEngine engine, Map<Object, Object> beans, ReadRules rules) {
    super(engine, KEY, "ProgressiveReadsProcess", "op1");
    database.writerIs(Node.Role.SOURCE);
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(Routes.class, () -> new Routes(List.of(route)));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Secrets.class, () -> reference -> "secret");
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(ReadProbe.class, () -> reads);
    context.registerBean(ReadsObserver.class, () -> (run, point) -> observer.at(run, point));
    plans.add(plan(rules));
    begin(beans, "dev.repli.rollback", "dev.repli.reads");
  }

  private Plan plan(ReadRules rules) {
    Plan plan =
        SamplePlan.of(
            database, List.of("verification"), new Checks(List.of(), List.of(), List.of()));
    Entrance entrance = new Entrance(new Endpoint("127.0.0.1", 3307), Optional.empty());
    return PlanLike.of(plan)
        .through(List.of(new RouteSpec.Lab("readers", Optional.of(entrance))))
        .reading(rules)
        .plan();
  }

  /** The next time that a change of weights is at this point Repli dies there. */
  void dieAt(ReadsObserver.Point deadly) {
    observer =
        (run, point) -> {
          if (point == deadly) {
            observer = ReadsObserver.NONE;
            throw new Killed(point.toString());
          }
        };
  }

  /** The share that the target is to get, as the route has it. */
  long share() {
    return Math.round(route.weights().targetShare());
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
