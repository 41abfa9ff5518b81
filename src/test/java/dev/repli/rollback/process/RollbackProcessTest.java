package dev.repli.rollback.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.approval.Approval;
import dev.repli.approval.PreApprovals;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Checks;
import dev.repli.plan.Checks.QueryCheck;
import dev.repli.plan.Node;
import dev.repli.reversibility.State;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rollback's models on a real engine, with nodes in memory and a pretended writer switch.
 * Together these tests pass every end event and every boundary event; the last check sees to it.
 */
class RollbackProcessTest {
  private static final Map<String, Object> GO =
      Map.of("assessmentAnswer", "GO", "assessmentReason", "errors since the cutover");
  private static final Map<String, Object> APPROVED =
      Map.of("rollbackAnswer", "approve", "rollbackReason", "");
  private static final Map<String, Object> APPROVED_TOO =
      Map.of("secondRollbackAnswer", "approve", "secondRollbackReason", "");
  private static final Map<String, Object> WORKS = Map.of("validationAnswer", "WORKS");

  /** Those that name versions. */
  private static final Set<String> MESSAGES = Set.of("rollback-running", "rollback-done");

  private static RunbookEngine engine;
  private RollbackWorld world;

  @BeforeAll
  static void startEngine() throws Exception {
    engine =
        new RunbookEngine(
            "rollback",
            List.of(),
            List.of(
                "stub/WriterSwitchProcess.bpmn",
                "stub/LogicalRollbackProcess.bpmn",
                "stub/InPlaceRollbackProcess.bpmn"));
  }

  @AfterAll
  static void reachesEveryEvent() throws Exception {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new RollbackWorld(engine.engine, engine.beans, List.of("verification", "validation"));
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private void startAndApprove() {
    world.start(false);
    world.answer("Assess the rollback", GO);
    world.answer("Approve rollback", APPROVED);
  }

  private void decide(String answer) {
    world.answer("Decide on failed step", Map.of("failedStepAnswer", answer));
  }

  private static Map<String, Object> skipping(String answer) {
    return Map.of("skipAnswer", answer, "skipReason", "seen by hand");
  }

  // ---- the straight way ----

  @Test
  void movesTheWriterBackWithOneApproval() {
    startAndApprove();
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
    assertThat(world.database.source().accepts()).isTrue();
    assertThat(world.database.target().accepts()).isFalse();
    assertThat(world.milestones()).filteredOn("STEP_BEGUN"::equals).hasSize(6);
    assertThat(world.milestones()).filteredOn("STEP_ENDED"::equals).hasSize(6);
    assertThat(world.milestones()).filteredOn("ANNOUNCED"::equals).hasSize(2);
    assertThat(world.evidence(Milestone.class))
        .filteredOn(entry -> MESSAGES.contains(entry.facts().getOrDefault("message", "")))
        .hasSize(2)
        .allSatisfy(
            entry -> assertThat(entry.facts().get("versions")).contains("source (", "target ("));
    assertThat(world.evidence(Decided.class))
        .extracting(Decided::answer)
        .containsExactly("GO", "WORKS");
  }

  @Test
  void namesTheEnvironmentsInEveryTask() {
    world.environments("blue", "green");
    world.start(false);
    String way = " INC-1, green to blue";
    assertThat(world.task().getName()).isEqualTo("Assess the rollback" + way);
    world.answer(GO);
    assertThat(world.task().getName()).isEqualTo("Approve rollback" + way);
    world.writerSwitch.answer("UNDONE");
    world.answer(APPROVED);
    assertThat(world.task().getName()).isEqualTo("Decide on failed step" + way);
    world.answer(Map.of("failedStepAnswer", "TRY_AGAIN"));
    assertThat(world.task().getName()).isEqualTo("Validate the application" + way);
  }

  @Test
  void showsTheEvidenceWithForeignTextEscaped() {
    world.start(false);

    assertThat((String) world.taskVariable("evidence")).contains("accepts application writes");
    assertThat((String) world.taskVariable("waysBack"))
        .contains("**replication** (proposed) | ✓ open");
    assertThat((String) world.taskVariable("incidentText")).contains("\\<b\\>fails\\<\\/b\\>");
  }

  /** The pretended way back with a delta ends as one that people have cancelled. */
  @Test
  void goesTheWayWithADeltaWhenReplicationIsBrokenAndEndsWhenPeopleCancelIt() {
    world.database.source().replication().breakWith("1062 Duplicate entry");
    world.wayWithDelta(State.OPEN);
    world.start(false);
    assertThat((String) world.taskVariable("waysBack")).contains("**logical** (proposed)");
    assertThat((String) world.taskVariable("strategyText")).startsWith("logical");
    world.answer("Assess the rollback", GO);
    world.answer("Approve rollback", APPROVED);

    assertThat(world.result()).isEqualTo("Rollback cancelled");
    assertThat(world.database.target().accepts()).isTrue();
  }

  @Test
  void anApprovalWithTheCutoverCountsForNoWayThatItDidNotProve() {
    approvedWithTheCutover();
    world.database.source().replication().breakWith("1062 Duplicate entry");
    world.wayWithDelta(State.OPEN);
    world.start(false);
    assertThat((String) world.taskVariable("evidence")).doesNotContain("approved with the cutover");
    world.answer("Assess the rollback", GO);
    world.answer("Approve rollback", APPROVED);

    assertThat(world.result()).isEqualTo("Rollback cancelled");
  }

  @Test
  void asksTwoPeopleWhenTheWayWithADeltaCanLoseWrites() {
    world.database.source().replication().breakWith("1062 Duplicate entry");
    world.wayWithDelta(State.LOSES);
    startAndApprove();
    world.answerSecond(APPROVED_TOO);

    assertThat(world.result()).isEqualTo("Rollback cancelled");
  }

  private static Map<String, Object> other(String way) {
    return Map.of(
        "assessmentAnswer", "OTHER_WAY", "assessmentReason", "keep the stream", "chosenWay", way);
  }

  @Test
  void goesTheWayThatPeopleChooseInsteadOfTheProposedOneWithItsOwnApproval() {
    world.wayWithDelta(State.LOSES);
    world.start(false);
    assertThat((String) world.taskVariable("strategyText")).startsWith("replication");
    assertThat((String) world.taskVariable("openWays")).startsWith("LOGICAL=logical (");
    world.answer("Assess the rollback", other("LOGICAL"));

    assertThat((String) world.taskVariable("choiceText"))
        .contains("logical was chosen; the decision table proposes replication");
    assertThat((String) world.taskVariable("strategyText")).startsWith("logical");
    assertThat((String) world.taskVariable("openWays")).startsWith("REPLICATION=");
    assertThat((String) world.taskVariable("lossText")).contains("can be lost");
    world.answer("Assess the rollback", GO);
    world.answer("Approve rollback", APPROVED);
    world.answerSecond(APPROVED_TOO);

    assertThat(world.result()).as("people cancel it there").isEqualTo("Rollback cancelled");
    assertThat(world.milestones()).contains("WAY_CHOSEN");
  }

  @Test
  void anApprovalWithTheCutoverCountsForNoWayThatPeopleChooseInstead() {
    approvedWithTheCutover();
    world.wayWithDelta(State.OPEN);
    world.start(false);
    world.answer("Assess the rollback", other("LOGICAL"));
    world.answer("Assess the rollback", GO);

    assertThat(world.task().getName()).startsWith("Approve rollback");
  }

  @Test
  void refusesAWayThatHasClosedSinceAndShowsTheProposedOneAgain() {
    world.wayWithDelta(State.OPEN);
    world.start(false);
    world.wayWithDelta(State.CLOSED);
    world.answer("Assess the rollback", other("LOGICAL"));

    assertThat((String) world.taskVariable("choiceText"))
        .contains("logical was chosen and has closed since")
        .contains("replication is proposed instead");
    assertThat((String) world.taskVariable("strategyText")).startsWith("replication");
    assertThat((String) world.taskVariable("openWays")).isEmpty();
    assertThat(world.milestones()).contains("WAY_CHOICE_REFUSED").doesNotContain("WAY_CHOSEN");
    world.answer("Assess the rollback", GO);
    world.answer("Approve rollback", APPROVED);
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  @Test
  void refusesAWayThatIsNotOpen() {
    world.wayWithDelta(State.OPEN);
    world.start(false);

    assertThatThrownBy(() -> world.answer("Assess the rollback", other("IN_PLACE")))
        .hasMessageContaining("(chosenWay) has to be one of LOGICAL for the answer \"Another way: ")
        .hasMessageContaining("(OTHER_WAY)");
    world.wayWithDelta(State.CLOSED);
    world.answer("Assess the rollback", other("LOGICAL"));
    assertThatThrownBy(() -> world.answer("Assess the rollback", other("LOGICAL")))
        .hasMessageContaining("there is nothing to choose");
  }

  @Test
  void proposesAgainAfterTheChosenWayCouldNotBeGone() {
    world.wayWithDelta(State.OPEN);
    world.start(false);
    world.database.source().crash();
    world.answer("Assess the rollback", other("LOGICAL"));
    assertThat(world.task().getName()).startsWith("Mend the way back");
    world.database.source().restart();
    world.answer("Mend the way back", Map.of("mendAnswer", "ASSESS_AGAIN", "mendReason", ""));

    assertThat((String) world.taskVariable("strategyText")).startsWith("replication");
    assertThat((String) world.taskVariable("choiceText")).isEmpty();
  }

  @Test
  void asksTwoPeopleWhenWritesCanBeLost() {
    world.database.target().setting("binlog_format", "STATEMENT");
    startAndApprove();
    world.answerSecond(APPROVED_TOO);
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  @Test
  void asksForNoApprovalWhenTheCutoverWasApprovedWithItsRollback() {
    approvedWithTheCutover();
    world.start(false);
    assertThat((String) world.taskVariable("evidence"))
        .contains("approved with the cutover", "lead1");
    world.answer("Assess the rollback", GO);
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  @Test
  void asksTwoPeopleInSpiteOfThatWhenWritesCanBeLost() {
    approvedWithTheCutover();
    world.database.target().setting("binlog_format", "STATEMENT");
    startAndApprove();
    world.answerSecond(APPROVED_TOO);
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  private void approvedWithTheCutover() {
    RunKey cutover = new RunKey("CUT-1");
    world.runs.with(cutover, "CutoverProcess", SamplePlan.ID, "op1", Optional.empty());
    world.approvals.give(
        new Approval(
            cutover,
            PreApprovals.QUESTION,
            "t1-pre",
            "t1-pre",
            "lead1",
            world.time.instant(),
            Approval.Answer.APPROVE,
            "",
            RollbackWorld.FINGERPRINT));
  }

  @Test
  void dryRunLooksAsksNobodyAndChangesNothing() {
    world.start(true);

    assertThat(world.result()).isEqualTo("Dry run finished");
    assertThat(world.database.target().accepts()).isTrue();
    assertThat(world.database.source().acts()).isEmpty();
    assertThat(world.database.target().acts()).isEmpty();
    assertThat(world.route.sent()).isEmpty();
    assertThat(world.milestones()).contains("ANNOUNCEMENT_PLANNED").doesNotContain("ANNOUNCED");
  }

  @Test
  void dryRunOfAnImpossibleRollbackEndsToo() {
    world.database.source().replication().breakWith("1062 Duplicate entry");
    world.writerSwitch.answer("REFUSED");
    world.start(true);

    assertThat(world.result()).isEqualTo("Dry run finished");
  }

  // ---- decided against ----

  @Test
  void endsWithoutRollbackOnNoGo() {
    world.start(false);
    world.answer(
        "Assess the rollback",
        Map.of("assessmentAnswer", "NO_GO", "assessmentReason", "the fix helped"));

    assertThat(world.result()).isEqualTo("No rollback");
    assertThat(world.database.target().accepts()).isTrue();
  }

  @Test
  void endsWithoutRollbackWhenTheApproverRejects() {
    world.start(false);
    world.answer("Assess the rollback", GO);
    world.answer(
        "Approve rollback", Map.of("rollbackAnswer", "reject", "rollbackReason", "not now"));

    assertThat(world.result()).isEqualTo("No rollback");
  }

  @Test
  void endsWithoutRollbackWhenTheSecondApproverRejects() {
    world.database.source().setting("gtid_strict_mode", "OFF");
    startAndApprove();
    world.answerSecond(Map.of("secondRollbackAnswer", "reject", "secondRollbackReason", "no"));

    assertThat(world.result()).isEqualTo("No rollback");
  }

  @Test
  void asksToMendTheWayBackAndAssessesAgain() {
    world.database.source().replication().breakWith("1062 Duplicate entry");
    world.start(false);
    assertThat((String) world.taskVariable("evidence")).contains("1062 Duplicate entry");

    world.database.source().replication().from(world.database.target());
    world.answer("Mend the way back", Map.of("mendAnswer", "ASSESS_AGAIN"));
    world.answer("Assess the rollback", GO);

    assertThat(world.task().getName()).isEqualTo("Approve rollback INC-1");
  }

  @Test
  void stopsWhenTheWayBackCannotBeMended() {
    world.database.source().crash();
    world.start(false);
    world.answer(
        "Mend the way back", Map.of("mendAnswer", "STOP", "mendReason", "disk of the source"));

    assertThat(world.result()).isEqualTo("No rollback");
  }

  @Test
  void refusesAnAnswerThatNoGatewayKnowsAndAMissingReason() {
    world.start(false);

    assertThatThrownBy(
            () -> world.answer("Assess the rollback", Map.of("assessmentAnswer", "PERHAPS")))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("GO, OTHER_WAY, NO_GO");
    assertThatThrownBy(
            () -> world.answer("Assess the rollback", Map.of("assessmentAnswer", "NO_GO")))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("(NO_GO) needs a reason in \"Why? (severity, what was tried)\"");
    assertThat(world.task().getName()).isEqualTo("Assess the rollback INC-1");
  }

  // ---- aborted ----

  @Test
  void abortInterruptsTheRunWhileItWaitsForPeople() {
    world.start(false);
    world.abort();

    assertThat(world.result()).isEqualTo("Rollback aborted");
  }

  @Test
  void abortInsideTheSwitchEndsTheRun() {
    world.writerSwitch.answer("ABORTED");
    startAndApprove();

    assertThat(world.result()).isEqualTo("Rollback aborted");
    assertThat(world.database.target().accepts()).isTrue();
  }

  // ---- a failed execution ----

  @Test
  void triesTheSwitchAgainWhenPeopleSaySo() {
    world.writerSwitch.answer("UNDONE", "REFUSED", "HELD");
    startAndApprove();
    assertThat(world.taskVariable("stepError")).isEqualTo("pretended UNDONE");
    decide("TRY_AGAIN");
    decide("TRY_AGAIN");
    decide("TRY_AGAIN");
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  @Test
  void neverSkipsTheSwitch() {
    world.writerSwitch.answer("REFUSED");
    startAndApprove();
    decide("SKIP");

    assertThat(world.task().getName()).isEqualTo("Decide on failed step INC-1");
  }

  @Test
  void looksAtTheStreamAgainRightBeforeTheSwitch() {
    world.start(false);
    world.answer("Assess the rollback", GO);
    world.database.source().replication().breakWith("1032 Can't find record");
    world.answer("Approve rollback", APPROVED);
    assertThat((String) world.taskVariable("stepError")).contains("1032 Can't find record");

    world.database.source().replication().from(world.database.target());
    decide("TRY_AGAIN");
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  @Test
  void endsUndoneWhenNothingWasMovedYet() {
    world.writerSwitch.answer("UNDONE");
    startAndApprove();
    decide("GO_BACK");

    assertThat(world.result()).isEqualTo("Rollback undone");
    assertThat(world.database.target().accepts()).isTrue();
  }

  @Test
  void handsOverToTheContingencyPlan() {
    world.writerSwitch.answer("REFUSED");
    startAndApprove();
    decide("CONTINGENCY");

    assertThat(world.result()).isEqualTo("Handed to contingency plan");
  }

  // ---- after the switch ----

  @Test
  void asksForTheWayForwardUntilTheTargetFollows() {
    world.writerSwitch.afterMove(this::stallTheTarget);
    startAndApprove();
    world.answer("Mend the way forward", Map.of("wayForwardAnswer", "CHECK_AGAIN"));
    world.database.target().replication().stall(false);
    world.answer("Mend the way forward", Map.of("wayForwardAnswer", "CHECK_AGAIN"));

    assertThat(world.task().getName()).isEqualTo("Validate the application INC-1");
  }

  private void stallTheTarget() {
    world.database.target().replication().stall(true);
    world.database.source().writeRegardless("application", "1");
  }

  @Test
  void goesOnWithoutTheWayForwardWhenPeopleSaySo() {
    world.writerSwitch.afterMove(this::stallTheTarget);
    startAndApprove();
    world.answer(
        "Mend the way forward",
        Map.of("wayForwardAnswer", "LEAVE", "wayForwardReason", "target is retired"));

    assertThat(world.task().getName()).isEqualTo("Validate the application INC-1");
  }

  @Test
  void skipsAFailedVerificationOnlyWithAnApproval() {
    world.writerSwitch.lose(1);
    startAndApprove();
    assertThat((String) world.taskVariable("stepError")).contains("lost writes");
    decide("SKIP");
    world.answer("Approve skipping", skipping("reject"));
    assertThat(world.taskVariable("failedStepAnswer")).as("a new form is empty").isNull();
    decide("SKIP");
    world.answer("Approve skipping", skipping("approve"));
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  @Test
  void verifiesAgainAfterPeopleMendedTheRoute() {
    world.writerSwitch.afterMove(() -> world.route.stay(Node.Role.TARGET, 3));
    startAndApprove();
    assertThat((String) world.taskVariable("stepError")).contains("no sessions on the target");
    world.route.stay(Node.Role.TARGET, 0);
    decide("TRY_AGAIN");

    assertThat(world.task().getName()).isEqualTo("Validate the application INC-1");
  }

  @Test
  void doesNotSkipWhatThePlanForbids() {
    world.close();
    world = new RollbackWorld(engine.engine, engine.beans, List.of());
    world.writerSwitch.lose(1);
    startAndApprove();
    decide("SKIP");

    assertThat(world.task().getName()).isEqualTo("Decide on failed step INC-1");
  }

  /** An approval is bound to the plan that was shown; another plan is for another run. */
  @Test
  void goesOnWithThePlanItStartedWith() {
    world.writerSwitch.lose(1);
    world.start(false);
    world.changePlan(List.of(), "1".repeat(64));
    world.answer("Assess the rollback", GO);
    world.answer("Approve rollback", APPROVED);
    decide("SKIP");

    assertThat(world.task().getName()).isEqualTo("Approve skipping INC-1");
  }

  @Test
  void failedQueryOfThePlanStopsTheVerification() {
    world.close();
    Checks checks =
        new Checks(List.of(new QueryCheck("orders", "select 1", "1")), List.of(), List.of());
    world = new RollbackWorld(engine.engine, engine.beans, List.of(), checks);
    world.database.source().answer("select 1", "2");
    startAndApprove();

    assertThat((String) world.taskVariable("stepError"))
        .contains("query orders", "'2' instead of '1'");
  }

  @Test
  void validatesAgainOrSkipsWhatDoesNotWork() {
    startAndApprove();
    Map<String, Object> fails = Map.of("validationAnswer", "FAILS", "stepError", "login hangs");
    world.answer("Validate the application", fails);
    assertThat(world.taskVariable("stepError")).isEqualTo("login hangs");
    decide("TRY_AGAIN");
    assertThat(world.taskVariable("validationAnswer")).as("a new form is empty").isNull();
    world.answer("Validate the application", fails);
    decide("SKIP");
    world.answer("Approve skipping", skipping("approve"));

    assertThat(world.result()).isEqualTo("Rolled back to source");
  }

  // ---- going back after the switch ----

  @Test
  void takesTheWriterToTheTargetAgain() {
    world.writerSwitch.lose(1);
    startAndApprove();
    decide("GO_BACK");

    assertThat(world.result()).isEqualTo("Rollback undone");
    assertThat(world.database.target().accepts()).isTrue();
    assertThat(world.database.source().accepts()).isFalse();
  }

  @Test
  void asksAgainWhenGoingBackFails() {
    world.writerSwitch.lose(1);
    startAndApprove();
    world.writerSwitch.answer("UNDONE", "UNDONE");
    decide("GO_BACK");
    decide("TRY_AGAIN");
    decide("GO_BACK");

    assertThat(world.result()).isEqualTo("Rollback undone");
  }

  @Test
  void handsOverWhenGoingBackFails() {
    world.writerSwitch.lose(1);
    startAndApprove();
    world.writerSwitch.answer("UNDONE");
    decide("GO_BACK");
    decide("CONTINGENCY");

    assertThat(world.result()).isEqualTo("Handed to contingency plan");
  }

  @Test
  void asksWhenNobodyKnowsWhoTheWriterIs() {
    world.writerSwitch.lose(1);
    startAndApprove();
    world.database.target().readOnly(false);
    decide("GO_BACK");
    assertThat((String) world.taskVariable("stepError")).contains("both nodes accept");
    world.database.target().readOnly(true);
    decide("TRY_AGAIN");

    assertThat(world.result()).isEqualTo("Rollback undone");
  }

  // ---- late ----

  @ParameterizedTest
  @ValueSource(strings = {"Announcement", "Execution", "Verification", "Closing"})
  void marksTheRunLateWhenAStepOverruns(String step) {
    world.stopWhenClockRuns("Event_" + step + "Overran");
    startAndApprove();
    if (step.equals("Closing")) {
      world.answer("Validate the application", WORKS);
    }
    world.due("Event_" + step + "Overran");

    assertThat(world.variable("late")).isEqualTo(true);
    assertThat(world.milestones()).contains("RUN_LATE");
    assertThat(world.ended()).as("goes on to its end").isEqualTo(step.equals("Closing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Assessment", "Validation"})
  void marksTheRunLateWhilePeopleTakeTheirTime(String step) {
    world.start(false);
    if (step.equals("Validation")) {
      world.answer("Assess the rollback", GO);
      world.answer("Approve rollback", APPROVED);
    }
    String waitingFor = world.task().getName();
    world.due("Event_" + step + "Overran");

    assertThat(world.variable("late")).isEqualTo(true);
    assertThat(world.task().getName()).as("still the same task").isEqualTo(waitingFor);
  }

  // ---- in place, where the source is gone ----

  private void approveInPlace() {
    world.onlyInPlace();
    startAndApprove();
  }

  @Test
  void goesBackInPlaceWhenNothingElseIsLeft() {
    world.onlyInPlace();
    world.start(false);
    assertThat((String) world.taskVariable("strategyText")).startsWith("in place");
    assertThat((String) world.taskVariable("evidence")).contains("does not answer");
    assertShowsTimeAndLossOfTheWayInPlace();
    world.answer("Assess the rollback", GO);
    assertShowsTimeAndLossOfTheWayInPlace();
    world.answer("Approve rollback", APPROVED);
    world.journal.append(
        RollbackWorld.KEY,
        new Milestone(
            "IN_PLACE_DELTA_REST_GIVEN_UP", "2 are given up and are in /d/rest.sql", Map.of()));
    world.journal.append(
        RollbackWorld.KEY,
        new Milestone("IN_PLACE_WRITES_AGAIN", "measured", Map.of("outageMs", "754000")));
    world.inPlaceEnds();
    world.answer("Validate the application", WORKS);

    assertThat(world.result()).isEqualTo("Rolled back in place");
    assertThat(world.evidence(Measured.class).stream().map(Measured::what))
        .contains("is 11.4", "accepts application writes", "sends work to the target");
    assertThat(world.evidence(Milestone.class).stream().map(Milestone::text))
        .as("the closing message")
        .anyMatch(
            text ->
                text.endsWith(
                    "Nobody could write for at most 12 min. Given up: 2 are given up and are in /d/rest.sql."));
  }

  private void assertShowsTimeAndLossOfTheWayInPlace() {
    assertThat(world.taskVariable("estimate")).isEqualTo("hours");
    assertThat(world.taskVariable("lossText")).isEqualTo("Lost: what you give up.");
  }

  @Test
  void goesBackInPlaceFromANodeThatSomebodyHasFenced() {
    world.onlyInPlace();
    world.database.target().readOnly(true);
    world.start(false);

    assertThat(world.task().getName()).startsWith("Assess the rollback");
    assertThat((String) world.taskVariable("evidence")).contains("read only");
  }

  @Test
  void verifiesThatTheNodeTakesWritesAfterGoingBackInPlace() {
    approveInPlace();
    world.database.writerIs(Node.Role.SOURCE);
    world.inPlaceEnds();

    assertThat((String) world.taskVariable("stepError")).contains("accepts application writes");
  }

  @Test
  void doesNotLetPeopleGoBackFromInPlaceOnceTheReleaseBeforeServes() {
    approveInPlace();
    world.database.writerIs(Node.Role.SOURCE);
    world.inPlaceEnds();

    assertThatThrownBy(() -> decide("GO_BACK"))
        .hasMessageContaining("(GO_BACK) is not possible any more: the release before is in place");
    assertThat(world.task().getName()).startsWith("Decide on failed step");
  }

  @Test
  void letsTheNewerReleaseServeAgainWhenPeopleGoBackFromInPlace() {
    approveInPlace();
    world.inPlaceGoesBack();

    assertThat(world.result()).isEqualTo("Rollback undone");
  }

  @Test
  void letsTheNewerReleaseServeAgainAfterAnAbort() {
    approveInPlace();
    world.abort();

    assertThat(world.result()).isEqualTo("Rollback aborted");
    assertThat(world.passed("Task_UndoAfterAbort")).isTrue();
  }

  @Test
  void undoesNothingInPlaceAfterAnotherAbort() {
    world.start(false);
    world.abort();

    assertThat(world.passed("Task_UndoAfterAbort")).isFalse();
  }
}
