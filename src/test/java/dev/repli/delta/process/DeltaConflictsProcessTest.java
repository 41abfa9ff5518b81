package dev.repli.delta.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approval;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.conflict.Proposal;
import dev.repli.delta.imports.History;
import dev.repli.journal.Evidence.Decided;
import dev.repli.runbook.Killed;
import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Together these pass every event; the last check sees to it. */
class DeltaConflictsProcessTest {
  private static RunbookEngine engine;
  private ConflictsWorld world;

  @SuppressWarnings("NullAway.Init") // made by each test
  DeltaConflictsProcessTest() {}

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("delta", List.of(), List.of());
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine ended = engine) {
      assertThat(ended.neverReached()).isEmpty();
    }
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private void start(FakeConflicts conflicts) {
    world = new ConflictsWorld(engine, conflicts);
    world.start(false);
  }

  @Test
  void endsAtOnceWhenNothingIsHeld() {
    start(FakeConflicts.of(0));

    assertThat(world.result()).isEqualTo("All conflicts decided");
  }

  @Test
  void waitsUntilPeopleHaveDecidedEverythingAndCountsIt() {
    start(FakeConflicts.of(2));
    world.decide(1, new Proposal.TakeTarget());
    world.lookAgain();
    assertThat(world.taskVariable("conflictsText").toString())
        .contains("1 resolved", "1 to be decided");
    world.decide(2, new Proposal.TakeSource());
    world.lookAgain();

    assertThat(world.result()).isEqualTo("All conflicts decided");
    assertThat(world.variable("conflictsResolved")).isEqualTo(2L);
    assertThat(world.conflicts.rows)
        .containsEntry(1, History.row(1, "target", 1))
        .containsEntry(2, History.row(2, "source", 5));
  }

  @Test
  void decidesManyByARuleOnceAnotherPersonApproved() {
    start(FakeConflicts.of(450));
    world.propose("NEWEST_WINS", "app.things", "amount");
    assertThat(world.taskVariable("conflictRuleText").toString())
        .contains("amount", "Proposed by op1");
    world.approve(Approval.Answer.APPROVE);

    assertThat(world.result()).isEqualTo("All conflicts decided");
    assertThat(world.variable("conflictsResolved")).isEqualTo(450L);
    assertThat(world.conflicts.rows)
        .containsEntry(449, History.row(449, "source", 5))
        .containsEntry(450, History.row(450, "target", 9));
    assertThat(world.milestones()).filteredOn("CONFLICT_RULE_APPLIED"::equals).hasSize(3);
    assertThat(world.evidence(Decided.class)).extracting(Decided::who).containsExactly("op1");
  }

  @Test
  void decidesNothingByARuleThatWasRejected() {
    start(FakeConflicts.of(3));
    world.propose("TARGET_WINS", "app.things", "");
    world.approve(Approval.Answer.REJECT);

    assertThat(world.conflicts.decisionsOnNode()).isZero();
    assertThat(world.task().getTaskDefinitionKey()).isEqualTo("Task_ResolveConflicts");
  }

  @Test
  void keepsTheRestAsDeadLettersOnPurposeOnly() {
    start(FakeConflicts.of(3));
    world.decide(1, new Proposal.TakeTarget());
    world.propose("DEAD_LETTER", "", "");
    world.approve(Approval.Answer.APPROVE);

    assertThat(world.result()).isEqualTo("Rest kept as dead letters");
    assertThat(world.variable("conflictsDeadLettered")).isEqualTo(2L);
    assertThat(world.variable("conflictsResolved")).isEqualTo(1L);
  }

  @Test
  void asksPeopleWhenTheNodeDoesNotAnswer() {
    FakeConflicts conflicts = FakeConflicts.of(2);
    conflicts.failure = "connection refused";
    start(conflicts);
    assertThat(world.taskVariable("conflictsProblem").toString()).contains("connection refused");

    conflicts.failure = "";
    world.lookAgain();
    assertThat(world.taskVariable("conflictsProblem")).isEqualTo("");
    world.propose("SOURCE_WINS", "app.things", "");
    conflicts.failure = "server has gone away";
    world.approve(Approval.Answer.APPROVE);
    assertThat(world.taskVariable("conflictsProblem").toString()).contains("has gone away");
    assertThat(conflicts.decisionsOnNode()).isZero();
  }

  @Test
  void goesOnWhereItWasKilledAndDecidesNothingTwice() {
    FakeConflicts conflicts = FakeConflicts.of(20);
    start(conflicts);
    world.propose("TARGET_WINS", "app.things", "");
    AtomicInteger marks = new AtomicInteger();
    conflicts.beforeMark =
        () -> {
          if (marks.incrementAndGet() == 7) {
            throw new Killed("marking");
          }
        };
    world.approve(Approval.Answer.APPROVE);

    assertThat(world.result()).isEqualTo("All conflicts decided");
    assertThat(conflicts.decisionsOnNode()).isEqualTo(20);
    assertThat(world.variable("conflictsResolved")).isEqualTo(20L);
  }
}
