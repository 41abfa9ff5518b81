package dev.repli.wayback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.conflict.Answer;
import dev.repli.delta.conflict.Decision;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.StreamBarrier;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.delta.stream.StreamReport;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.delta.stream.StreamStore;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.SamplePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way back is open only while the stream runs, holds nothing and keeps up. */
class StreamFindingsTest {
  private static final ImportCounts TWO_HELD = new ImportCounts(9, 7, 0, 0, 2);
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final OneStream streams = new OneStream();
  private FakeConflicts held = FakeConflicts.of(0);
  private Position stands = new Position(Position.Kind.MARIADB_GTID, "");

  @BeforeEach
  void theTargetWrites() {
    database.writerIs(Node.Role.TARGET);
    database.target().writeRegardless("shop", "order-1");
    try (NodeSession target = database.connect(plan.target(), Duration.ofMinutes(1), ActLog.NONE)) {
      stands = target.position();
    }
  }

  private List<Finding> inspect() {
    StreamFindings findings =
        new StreamFindings(
            streams, held, new StreamBarrier(streams, held, time, time::advance), time);
    try (NodeSession target = database.connect(plan.target(), Duration.ofMinutes(1), ActLog.NONE)) {
      return findings.inspect(plan, target);
    }
  }

  private void bad(String why) {
    assertThat(inspect())
        .filteredOn(finding -> finding.verdict() == Verdict.BAD)
        .singleElement()
        .satisfies(finding -> assertThat(finding.found()).contains(why));
  }

  private void reports(State state, Position reached, ImportCounts counts, String why) {
    streams.is(true, "node-1", new StreamReport(state, Optional.of(reached), NOW, counts, why));
  }

  private static final Instant NOW = Instant.EPOCH;

  @Test
  void isOpenWhileTheStreamReachesTheTargetsPosition() {
    reports(State.RUNNING, stands, ImportCounts.NONE, "");

    assertThat(inspect()).hasSize(3).allMatch(finding -> finding.verdict() == Verdict.GOOD);
  }

  @Test
  void isClosedWhereTheStreamWasNeverStarted() {
    bad("never started");
  }

  @Test
  void isClosedWhenPeopleHaveStoppedIt() {
    streams.is(
        false,
        "node-1",
        new StreamReport(State.STOPPED, Optional.of(stands), NOW, ImportCounts.NONE, ""));

    bad("it was stopped");
  }

  @Test
  void isClosedWhenNoRepliRunsIt() {
    reports(State.RUNNING, stands, ImportCounts.NONE, "");
    time.advance(Duration.ofMinutes(5));

    bad("no Repli runs it");
  }

  @Test
  void isClosedWhenItStandsInFrontOfAStatementAndSaysSo() {
    reports(State.BLOCKED, stands, ImportCounts.NONE, "a statement changes more than rows: ALTER");

    bad("BLOCKED: a statement changes more than rows: ALTER");
  }

  @Test
  void isClosedWhileChangesAreHeldForPeople() {
    held = FakeConflicts.of(2);
    reports(State.RUNNING, stands, ImportCounts.NONE, "");

    assertThat(inspect())
        .filteredOn(finding -> finding.verdict() == Verdict.BAD)
        .extracting(Finding::found)
        .anyMatch(found -> found.contains("2 changes are held"))
        .anyMatch(found -> found.contains("2 changes: answer the task 'Resolve conflicts'"));
  }

  @Test
  void isOpenAgainWhenPeopleHaveDecidedWhatWasHeld() {
    held = FakeConflicts.of(2);
    decide(1, Answer.TAKE_TARGET);
    decide(2, Answer.TAKE_SOURCE);
    reports(State.RUNNING, stands, TWO_HELD, "");

    assertThat(inspect())
        .filteredOn(finding -> finding.verdict() != Verdict.GOOD)
        .singleElement()
        .isEqualTo(Finding.note("conflicts decided by people", plan.source().label(), "2 changes"));
  }

  @Test
  void saysWhatIsLostWhereChangesWereLeftOut() {
    held = FakeConflicts.of(1);
    decide(1, Answer.DEAD_LETTER);
    reports(State.RUNNING, stands, TWO_HELD, "");

    assertThat(inspect())
        .filteredOn(finding -> finding.verdict() != Verdict.GOOD)
        .singleElement()
        .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.RISK))
        .satisfies(finding -> assertThat(finding.found()).contains("1 changes are left out"));
  }

  @Test
  void losesWhatThePlanAbandonsAndCountsIt() {
    plan = SamplePlan.abandoning(plan, "shop.sessions");
    reports(State.RUNNING, stands, new ImportCounts(9, 5, 0, 4, 0), "");

    assertThat(inspect())
        .filteredOn(finding -> finding.verdict() == Verdict.RISK)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.found())
                    .contains("shop.sessions")
                    .contains(
                        "4 changes so far (what cannot be read is not counted), in no archive"));
  }

  @Test
  void losesWhatAnEarlierPlanAbandoned() {
    reports(State.RUNNING, stands, new ImportCounts(9, 5, 0, 4, 0), "");

    assertThat(inspect())
        .filteredOn(finding -> finding.verdict() == Verdict.RISK)
        .singleElement()
        .satisfies(finding -> assertThat(finding.found()).contains("4 changes so far"));
  }

  private void decide(long group, Answer answer) {
    held.decided(
        new ImportId("stream-1"), new Decision(group, group, answer, "op1", "", Instant.EPOCH));
  }

  @Test
  void isClosedWhenItIsTooFarBehind() {
    reports(State.RUNNING, new Position(Position.Kind.MARIADB_GTID, ""), ImportCounts.NONE, "");

    bad("after 5000 ms");
  }

  /** One stream, as the test says. */
  private final class OneStream implements StreamStore {
    private Optional<KnownStream> known = Optional.empty();

    void is(boolean wanted, String owner, StreamReport report) {
      known =
          Optional.of(
              new KnownStream(
                  new StreamOrder(plan.id(), new ImportId("stream-1"), stands),
                  wanted,
                  owner,
                  time.instant().plusSeconds(10),
                  report));
    }

    @Override
    public Optional<KnownStream> find(PlanId id) {
      return known;
    }

    @Override
    public List<KnownStream> all() {
      return known.stream().toList();
    }

    @Override
    public void want(StreamOrder order, Instant now) {
      throw new UnsupportedOperationException("a look changes nothing");
    }

    @Override
    public void stop(PlanId id) {
      throw new UnsupportedOperationException("a look changes nothing");
    }

    @Override
    public boolean claim(PlanId id, String owner, Instant now, Instant until) {
      throw new UnsupportedOperationException("a look changes nothing");
    }

    @Override
    public void release(PlanId id, String owner) {
      throw new UnsupportedOperationException("a look changes nothing");
    }

    @Override
    public void report(PlanId id, String owner, StreamReport report) {
      throw new UnsupportedOperationException("a look changes nothing");
    }
  }
}
