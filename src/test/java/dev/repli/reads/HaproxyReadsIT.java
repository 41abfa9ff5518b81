package dev.repli.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.ServerPair;
import dev.repli.engine.OnePlan;
import dev.repli.engine.RunPlan;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Entrance;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.plan.WriteProbe;
import dev.repli.route.Routes;
import dev.repli.route.haproxy.Haproxy;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Two real servers behind a real HAProxy: reads move, and a slow target makes them go back. */
class HaproxyReadsIT {
  private static final RunKey RUN = new RunKey("READS-1");
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration WINDOW = Duration.ofSeconds(5);

  @Test
  void movesReadsAndTakesThemBackFromASlowTarget(@TempDir Path folder) {
    assumeThat(Haproxy.program())
        .as("haproxy is not installed; run scripts/install-test-tools")
        .isPresent();
    ServerInstallation mariadb = ServerInstallation.fromMaven();
    try (ServerPair pair = new ServerPair(mariadb, mariadb)) {
      pair.writerIsSource();
      pair.source()
          .run(
              false,
              "CREATE TABLE app.pace (seconds DOUBLE)",
              "INSERT INTO app.pace VALUES (0)",
              "GRANT SELECT ON app.* TO 'repli_probe'@'%'");
      try (Haproxy haproxy =
              Haproxy.start(folder, pair.sourceNode().address(), pair.targetNode().address(), "");
          AnnotationConfigApplicationContext repli = repli(pair)) {
        moveAndBack(repli, plan(pair, haproxy), pair);
      }
    }
  }

  private static void moveAndBack(
      AnnotationConfigApplicationContext repli, Plan plan, ServerPair pair) {
    assertThat(repli.getBean(CheckReads.class).check(RUN, plan).problems()).isEmpty();
    MeasureBaseline baseline = repli.getBean(MeasureBaseline.class);
    await()
        .atMost(LONG)
        .until(() -> baseline.look(RUN, plan).state() == MeasureBaseline.State.RECORDED);

    LookAtReads looks = repli.getBean(LookAtReads.class);
    ReadsProgress half = move(repli, plan, 50);
    awaitState(looks, plan, half, LookAtReads.State.NEXT);
    ReadsProgress all = move(repli, plan, 100);
    awaitState(looks, plan, all, LookAtReads.State.DONE);
    ProveReads proof = repli.getBean(ProveReads.class);
    assertThat(proof.look(RUN, plan, all, proof.deadline(plan)).state())
        .isEqualTo(ProveReads.State.PROVED);

    pair.target().run(true, "UPDATE app.pace SET seconds = 0.8");
    ReadsProgress again = move(repli, plan, 50);
    LookAtReads.Look back = awaitState(looks, plan, again, LookAtReads.State.BACK);
    assertThat(back.next()).isZero();
    assertThat(back.findings().problems()).contains("latency of the target");

    assertThat(repli.getBean(RestoreReads.class).restore(RUN, plan).problems()).isEmpty();
    ReadsProgress none = new ReadsProgress(0, Instant.now(), 0);
    await()
        .atMost(LONG)
        .until(
            () ->
                proof.look(RUN, plan, none, proof.deadline(plan)).state()
                    == ProveReads.State.PROVED);
  }

  private static ReadsProgress move(
      AnnotationConfigApplicationContext repli, Plan plan, int percent) {
    assertThat(repli.getBean(MoveReads.class).move(RUN, plan, percent).problems()).isEmpty();
    return new ReadsProgress(percent, Instant.now(), 0);
  }

  private static LookAtReads.Look awaitState(
      LookAtReads looks, Plan plan, ReadsProgress at, LookAtReads.State wanted) {
    return await()
        .atMost(LONG)
        .until(() -> looks.look(RUN, plan, at), look -> look.state() == wanted);
  }

  private static AnnotationConfigApplicationContext repli(ServerPair pair) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(Secrets.class, pair::secrets);
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Journal.class, () -> new InMemoryJournal(Clock.systemUTC()));
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.scan(
        "dev.repli.database.mariadb",
        "dev.repli.route.haproxy",
        "dev.repli.rollback",
        "dev.repli.reads");
    context.register(Databases.class, Routes.class, RunPlan.class);
    context.registerBean(Plans.class, NoPlans::new);
    context.refresh();
    return context;
  }

  /** No process runs here, so nobody asks for a plan. */
  private static final class NoPlans implements Plans {
    @Override
    public List<Plan> all() {
      return List.of();
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return Optional.empty();
    }

    @Override
    public Optional<Plan> version(PlanId id, String contentHash) {
      return Optional.empty();
    }
  }

  private static Plan plan(ServerPair pair, Haproxy haproxy) {
    Plan plan = OnePlan.plan(Duration.ofSeconds(20), "h");
    RouteSpec route =
        new RouteSpec.Haproxy(
            "front",
            Optional.empty(),
            haproxy.unixApi(),
            "writer",
            "db1",
            "db2",
            Optional.of("reader"),
            Optional.of(new Entrance(haproxy.readEndpoint(), Optional.of(Node.Tls.DISABLED))));
    return new Plan(
        plan.id(),
        plan.title(),
        plan.locale(),
        pair.sourceNode(),
        pair.targetNode(),
        List.of(route),
        plan.rollbackWindow(),
        plan.budgets(),
        plan.blockers(),
        new WriteProbe(true, Duration.ofSeconds(1), ServerPair.account("repli_probe")),
        plan.approvals(),
        plan.steps(),
        plan.cutover(),
        plan.checks(),
        plan.copy(),
        plan.people(),
        plan.guardrails(),
        rules(),
        plan.contentHash());
  }

  private static ReadRules rules() {
    return new ReadRules(
        List.of(50, 100),
        WINDOW,
        Duration.ofSeconds(1),
        ReadRules.WhenBad.STEP_BACK,
        20,
        Optional.empty(),
        new ReadRules.Probe(
            Duration.ofMillis(10),
            WINDOW,
            WINDOW,
            Optional.of("SELECT seconds FROM app.pace WHERE SLEEP(seconds) = 0"),
            Optional.empty()),
        new ReadRules.Limits(2, 200, Duration.ofMillis(500), 50, Duration.ofSeconds(10)));
  }
}
