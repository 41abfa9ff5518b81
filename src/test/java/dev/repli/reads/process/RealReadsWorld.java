package dev.repli.reads.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.ServerPair;
import dev.repli.engine.OnePlan;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanLike;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.plan.WriteProbe;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.ActLog;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteSession;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import dev.repli.runbook.RunbookEngine;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One run on a real engine that reads through a real route from real servers. */
final class RealReadsWorld extends RunbookWorld {
  /** Longer than the window, so that each hold ends with a window that saw only this share. */
  static final Duration HOLD = Duration.ofSeconds(6);

  private static final Duration WINDOW = Duration.ofSeconds(4);
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Journal journal = new InMemoryJournal(Clock.systemUTC());
  private final Plan plan;

  /**
   * @param followed server id of whom the target has to follow, when it is not the source
   */
  RealReadsWorld(
      RunbookEngine engine,
      String key,
      Secrets secrets,
      Plan nodes,
      RouteSpec route,
      Optional<Integer> followed) {
    super(engine.engine, new RunKey(key), "ProgressiveReadsProcess", "op1");
    plan = plan(nodes, route, rules(followed));
    plans.add(plan);
    context.registerBean(Secrets.class, () -> secrets);
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.register(Databases.class, Routes.class);
    begin(
        engine.beans,
        "dev.repli.database.mariadb",
        "dev.repli.route.haproxy",
        "dev.repli.route.proxysql",
        "dev.repli.rollback",
        "dev.repli.reads");
  }

  private static ReadRules rules(Optional<Integer> followed) {
    return new ReadRules(
        List.of(50, 100),
        HOLD,
        Duration.ofSeconds(1),
        ReadRules.WhenBad.STEP_BACK,
        40,
        followed,
        new ReadRules.Probe(
            Duration.ofMillis(10),
            WINDOW,
            WINDOW,
            Optional.of("SELECT seconds FROM app.pace WHERE SLEEP(seconds) = 0"),
            Optional.empty()),
        new ReadRules.Limits(2, 200, Duration.ofSeconds(1), 50, Duration.ofSeconds(10)));
  }

  private static Plan plan(Plan nodes, RouteSpec route, ReadRules rules) {
    return PlanLike.of(nodes)
        .called(SamplePlan.ID)
        .through(List.of(route))
        .probedBy(new WriteProbe(true, Duration.ofSeconds(1), ServerPair.account("repli_probe")))
        .reading(rules)
        .plan();
  }

  /** Any plan between these nodes. */
  static Plan between(Node source, Node target) {
    Plan any = OnePlan.plan(Duration.ofSeconds(20), "h".repeat(64));
    return PlanLike.of(any).between(source, target).plan();
  }

  /** The shares that were set so far. */
  List<Integer> moved() {
    return evidence(Milestone.class).stream()
        .filter(it -> it.name().equals("READS_MOVED"))
        .map(it -> Integer.valueOf(it.facts().get("percent")))
        .toList();
  }

  /** Does what falls due until it is so. */
  void workUntil(String what, BooleanSupplier so) {
    await(what)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              workByTheClock();
              return so.getAsBoolean();
            });
  }

  void workUntilMoved(Integer... shares) {
    workUntil("reads at " + List.of(shares), () -> asks() || moved().equals(List.of(shares)));
    assertThat(moved()).as("shares; asked: %s", asks() ? evidence() : "no").containsExactly(shares);
  }

  String evidence() {
    return String.valueOf(taskVariable("evidence"));
  }

  /** What the route does now. */
  ReadWeights weights() {
    try (RouteSession session = route()) {
      return session.reads().orElseThrow().weights();
    }
  }

  /** Somebody else gives readers other weights. */
  void meddle(ReadWeights weights) {
    try (RouteSession session = route()) {
      session.spreadReads(weights);
    }
  }

  private RouteSession route() {
    return context.getBean(Routes.class).connect(plan.routes().get(0), plan, ActLog.NONE);
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
