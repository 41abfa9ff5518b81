package dev.repli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.FakeNode;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.ReadBack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The certificate of a plan from MySQL to MariaDB, whose way back is Repli's own stream. */
class StreamedProofsTest {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database =
      new FakeDatabase(time, FakeDatabase.mySqlSource(), FakeDatabase.mariaDbTarget());
  private final Databases databases = new Databases(List.of(database, database.asMySql()));
  private Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final ReadBack impatient =
      new ReadBack(
          () -> time.instant().toEpochMilli() * 1_000_000L,
          () -> time.advance(Duration.ofMillis(500)));
  private Optional<String> carried = Optional.empty();
  private boolean forgets;

  private final StreamCanary stream =
      new StreamCanary() {
        @Override
        public void prepare(Plan of) {
          prepared = true;
        }

        @Override
        public Optional<String> carry(Plan of, Position from, Position to) {
          assertThat(prepared).as("tables are made before the row").isTrue();
          return bring(from, to);
        }
      };
  private boolean prepared;

  /** What the target wrote last comes to the source, as the test says. */
  private Optional<String> bring(Position from, Position to) {
    assertThat(from).isNotEqualTo(to);
    assertThat(database.source().replication().configured()).as("nobody follows").isFalse();
    FakeNode.Write last = database.target().history().get(database.target().history().size() - 1);
    if (carried.isEmpty() && !forgets) {
      database.source().writeRegardless(last.run(), last.id());
    }
    return carried;
  }

  private List<Finding> ask(Proof proof) {
    try (NodeSession source = databases.connect(plan.source(), LEASE, ActLog.NONE);
        NodeSession target = databases.connect(plan.target(), LEASE, ActLog.NONE)) {
      return proof.inspect(new Situation(plan, source, target, Node.Role.SOURCE));
    }
  }

  private List<Finding> canary() {
    return ask(new CanaryProof(reference -> "secret", time, impatient, stream));
  }

  private static List<Finding> bad(List<Finding> findings) {
    return findings.stream().filter(f -> f.verdict() == Verdict.BAD).toList();
  }

  @Test
  void theVersionsAreNoObstacle() {
    assertThat(ask(new VersionProof()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.verdict()).isEqualTo(Verdict.GOOD);
              assertThat(found.found()).contains("Repli's own stream");
            });
  }

  @Test
  void namesWhatTheStreamWillLeaveOutBeforeTheCutover() {
    assertThat(ask(new LeftOutProof())).isEmpty();

    plan = SamplePlan.abandoning(plan, "shop.sessions");

    assertThat(ask(new LeftOutProof()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.verdict()).isEqualTo(Verdict.RISK);
              assertThat(found.found()).contains("shop.sessions").contains("no archive");
            });
  }

  @Test
  void aCanaryComesBackByTheStreamAndIsNotTwiceOnTheTarget() {
    List<Finding> found = canary();

    assertThat(found.get(0).verdict()).as(found.toString()).isEqualTo(Verdict.GOOD);
    assertThat(found.get(0).found()).contains("own stream");
    try (NodeSession target = databases.connect(plan.target(), LEASE, ActLog.NONE)) {
      assertThat(target.findProbeRows(CanaryProof.run(plan), Optional.empty()).keySet())
          .as("given up before the source got it")
          .noneMatch(id -> id.endsWith("b"));
    }
  }

  @Test
  void aStreamThatCannotCarryIsRedAndSaysWhy() {
    carried = Optional.of("access denied for repli_import");

    assertThat(bad(canary()))
        .anySatisfy(found -> assertThat(found.found()).contains("access denied"));
  }

  @Test
  void aRowThatDoesNotArriveIsRed() {
    forgets = true;

    assertThat(bad(canary()))
        .anySatisfy(found -> assertThat(found.found()).contains("not there after the import"));
  }

  @Test
  void theAccountOfTheStreamNeedsItsRights() {
    assertThat(bad(ask(new GrantsProof())))
        .extracting(Finding::found)
        .anyMatch(found -> found.contains("GRANT CONNECTION_ADMIN"));
  }

  @Test
  void aDryRunSaysWhatTheStreamWouldDo() {
    try (NodeSession source = databases.connect(plan.source(), LEASE, ActLog.NONE);
        NodeSession target = databases.connect(plan.target(), LEASE, ActLog.NONE)) {
      assertThat(
              new PlannedCanary(databases)
                  .acts(new Situation(plan, source, target, Node.Role.SOURCE)))
          .extracting(act -> act.statement())
          .anyMatch(statement -> statement.contains("own stream"))
          .noneMatch(statement -> statement.contains("follow"));
    }
  }
}
