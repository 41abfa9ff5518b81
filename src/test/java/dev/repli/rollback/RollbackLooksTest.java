package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.KeptApprovals;
import dev.repli.approval.PreApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.LedgerSigned;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.plan.Checks;
import dev.repli.plan.Checks.QueryCheck;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Assessment.Loss;
import dev.repli.route.ActLog;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the looks before and after a rollback say of nodes and routes in memory. */
class RollbackLooksTest {
  private static final RunKey RUN = new RunKey("INC-1");

  private final FakeDatabase database = new FakeDatabase(new VirtualTime());
  private final FakeRoute route = FakeRoute.cutting(Node.Role.TARGET);
  private final Journal journal = new InMemoryJournal();
  private final Looks looks =
      new Looks(new Databases(List.of(database)), new Routes(List.of(route)));
  private final StepJournal steps = new StepJournal(journal);
  private final PlanChecks checks =
      new PlanChecks(
          (url, atMost) -> CompletableFuture.completedFuture(new HttpLook.Silent("unused")));
  private Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));

  @BeforeEach
  void standAfterTheCutover() {
    database.writerIs(Node.Role.TARGET);
  }

  private ReverseStream stream() {
    return new ReverseStream(looks, steps, StandingStreamLook.NONE);
  }

  private Assessment assess() {
    return new AssessRollback(looks, checks, nobody(), stream(), steps)
        .assess(RUN, plan, Optional.empty());
  }

  private static ApprovedWithCutover nobody() {
    return new ApprovedWithCutover(
        FixedRuns::new,
        new PreApprovals(
            new KeptApprovals(), any -> new Fingerprint("f".repeat(16)), Clock.systemUTC()));
  }

  private Findings verify() {
    return new VerifyRollback(looks, checks, journal)
        .perform(new StepRequest(RUN, plan, false, false));
  }

  private void moveBack(long lost, long duplicated) {
    database.writerIs(Node.Role.SOURCE);
    try (var session = route.connect(plan.routes().get(0), plan, ActLog.NONE)) {
      session.routeTo(Node.Role.SOURCE);
    }
    journal.append(RUN, new LedgerSigned(ledger(true, lost, duplicated)));
  }

  private static Ledger ledger(boolean probed, long lost, long duplicated) {
    return new Ledger(
        "target to source",
        probed,
        Optional.of(Duration.ofMillis(9)),
        500,
        lost,
        duplicated,
        0,
        List.of(),
        List.of(),
        "0-2-9",
        List.of());
  }

  // ---- before ----

  @Test
  void soundStreamMakesARollbackPossibleWithoutLoss() {
    assertThat(assess().findings().problems()).isEmpty();
    assertThat(assess().possible()).isTrue();
    assertThat(assess().loss()).isEqualTo(Loss.NONE);
    assertThat(journal.read(RUN)).anyMatch(entry -> entry.evidence() instanceof Measured);
  }

  @Test
  void lagOfZeroDoesNotHelpWhenThePositionIsNotReached() {
    database.source().replication().stall(true);
    database.target().writeRegardless("application", "1");

    assertThat(assess().possible()).isFalse();
    assertThat(assess().findings().problems()).contains("reaches the target's position");
  }

  @Test
  void stoppedApplierIsNamedWithItsError() {
    database.source().replication().breakWith("1062 Duplicate entry '1'");

    assertThat(assess().findings().problems())
        .contains("applies changes, source (127.0.0.1:3301)", "1062 Duplicate entry '1'");
  }

  @Test
  void silentNodeIsAFindingAndNoException() {
    database.target().crash();

    assertThat(assess().possible()).isFalse();
    assertThat(assess().findings().problems()).contains("target (127.0.0.1:3302)");
  }

  @Test
  void rolledBackAlreadyMeansNotPossible() {
    database.writerIs(Node.Role.SOURCE);

    assertThat(assess().findings().problems())
        .contains("accepts application writes", "refuses application writes");
  }

  @Test
  void statementFormatAndLaxGtidsPutWritesAtRisk() {
    database.target().setting("binlog_format", "MIXED");
    database.source().setting("gtid_strict_mode", "0");

    assertThat(assess().possible()).isTrue();
    assertThat(assess().loss()).isEqualTo(Loss.POSSIBLE);
    assertThat(assess().lossText()).contains("MIXED instead of ROW", "gtid\\_strict\\_mode");
  }

  @Test
  void onlyWhatBlocksTheFenceMakesItImpossible() {
    database.target().risk(risk(false, "reporting"));
    assertThat(assess().possible()).isTrue();

    database.target().risk(risk(true, "xa-1"));
    assertThat(assess().findings().problems()).contains("xa-1").doesNotContain("reporting");
  }

  private static FenceRisk risk(boolean blocks, String who) {
    return new FenceRisk(FenceRisk.Kind.PREPARED_XA, blocks, who, "since 3 s");
  }

  @Test
  void missingPrivilegesAreNamed() {
    database.source().lackPrivilege("READ ONLY ADMIN");

    assertThat(assess().findings().problems()).contains("missing: READ ONLY ADMIN");
  }

  @Test
  void unreachableRouteMakesItImpossible() {
    route.reachable(false);

    assertThat(assess().findings().problems()).contains("look at the route, shop-route");
  }

  @Test
  void failingQueryOfThePlanIsOnlyANoteBeforeTheRollback() {
    plan =
        SamplePlan.of(
            database,
            List.of(),
            new Checks(List.of(new QueryCheck("orders", "q", "1")), List.of(), List.of()));
    database.source().answer("q", "7");

    assertThat(assess().possible()).isTrue();
    assertThat(assess().findings().of(Finding.Verdict.NOTE))
        .extracting(Finding::found)
        .contains("'7' instead of '1'");
  }

  @Test
  void looksChangeNothing() {
    assess();
    stream().inspect(RUN, plan);

    assertThat(database.source().acts()).isEmpty();
    assertThat(database.target().acts()).isEmpty();
    assertThat(route.sent()).isEmpty();
  }

  // ---- after ----

  @Test
  void verifiesARollbackThatLostNothing() {
    moveBack(0, 0);

    assertThat(verify().problems()).isEmpty();
  }

  @Test
  void lostAndDuplicatedWritesFailTheVerification() {
    moveBack(2, 3);

    assertThat(verify().problems())
        .contains("lost writes, journal: 2 of 500", "duplicated writes, journal: 3 of 500");
  }

  @Test
  void missingLedgerFailsTheVerification() {
    assertThat(verify().problems()).contains("ledger, journal: the switch left none");
  }

  @Test
  void ledgerWithoutProbeProvesNothingAndSaysSo() {
    moveBack(0, 0);
    journal.append(RUN, new LedgerSigned(ledger(false, 0, 0)));

    assertThat(verify().of(Finding.Verdict.NOTE)).extracting(Finding::what).contains("ledger");
  }

  @Test
  void twoWritersFailTheVerification() {
    moveBack(0, 0);
    database.target().readOnly(false);

    assertThat(verify().problems()).contains("exactly one writer, the source");
  }

  @Test
  void clientsLeftOnTheTargetFailTheVerification() {
    moveBack(0, 0);
    route.stay(Node.Role.TARGET, 2);
    database.target().openTransaction("shop@10.0.0.7");

    assertThat(verify().problems())
        .contains("no sessions on the target, shop-route: 2 sessions", "shop@10.0.0.7");
  }

  @Test
  void routeThatStillSendsWorkToTheTargetFailsTheVerification() {
    moveBack(0, 0);
    try (var session = route.connect(plan.routes().get(0), plan, ActLog.NONE)) {
      session.routeTo(Node.Role.TARGET);
    }

    assertThat(verify().problems()).contains("sends work to the source, shop-route");
  }

  @Test
  void wayForwardIsProvedByPosition() {
    moveBack(0, 0);
    WayForward wayForward = new WayForward(looks, steps);
    assertThat(wayForward.check(RUN, plan).good()).isTrue();

    database.target().replication().stall(true);
    database.source().writeRegardless("application", "1");
    assertThat(wayForward.check(RUN, plan).problems()).contains("reaches the source's position");
  }

  @Test
  void writerIsKnownOnlyWhenThereIsExactlyOne() {
    FindWriter find = new FindWriter(looks);
    assertThat(find.find(plan)).isEqualTo(new FindWriter.Known(Node.Role.TARGET));

    database.source().readOnly(false);
    assertThat(find.find(plan)).isInstanceOf(FindWriter.Unknown.class);

    database.source().readOnly(true);
    database.target().readOnly(true);
    assertThat(find.find(plan)).isInstanceOf(FindWriter.Unknown.class);

    database.target().crash();
    assertThat(find.find(plan)).isInstanceOf(FindWriter.Unknown.class);
  }
}
