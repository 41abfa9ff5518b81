package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.reversibility.State;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** People who have to decide are called, and then their deputies. */
class TriageDecisionClockTest extends TriageTest {
  /** Events that these tests pass. */
  static final Set<String> PASSED = Set.of("IncidentContingencyProcess/Event_ChoiceOpen");

  TriageDecisionClockTest() {
    super(PASSED);
  }

  @Test
  void callsTheDecidersAndThenTheirDeputies() {
    start();
    world.time.pass(Duration.ofMinutes(14));
    world.due("Event_LookDue");
    assertThat(world.milestones()).doesNotContain("DECIDERS_REMINDED");

    world.time.pass(Duration.ofMinutes(1));
    world.due("Event_LookDue");
    world.due("Event_LookDue");
    assertThat(world.text("DECIDERS_REMINDED")).contains("after 15 min", "approvers");
    assertThat(world.milestones())
        .doesNotContain("DEPUTIES_CALLED")
        .filteredOn("DECIDERS_REMINDED"::equals)
        .hasSize(1);

    world.time.pass(Duration.ofMinutes(15));
    world.due("Event_LookDue");
    assertThat(world.text("DEPUTIES_CALLED")).contains("after 30 min");
  }

  @Test
  void callsThemTooWhileAContingencyPlanIsToBeChosen() {
    world.wayBack(State.CLOSED);
    startCritical();
    world.time.pass(Duration.ofMinutes(15));
    world.due("Event_ChoiceOpen");

    assertThat(world.milestones()).contains("DECIDERS_REMINDED");
  }

  @Test
  void callsNobodyAfterTheDecision() {
    start();
    assess("ROLL_BACK");
    world.time.pass(Duration.ofMinutes(16));
    world.due("Event_NextLook");

    assertThat(world.milestones()).doesNotContain("DECIDERS_REMINDED");
  }

  @Test
  void callsAgainAndAgainForAnUrgentApproval() {
    startCritical();
    world.runs.waitsFor(TriageWorld.ROLLBACK, "Approve rollback INC-1");
    for (int look = 0; look < 3; look++) {
      world.time.pass(Duration.ofMinutes(4));
      world.due("Event_NextLook");
    }
    assertThat(world.milestones()).filteredOn("APPROVAL_UNANSWERED"::equals).hasSize(1);
    world.time.pass(Duration.ofMinutes(1));
    world.due("Event_NextLook");
    assertThat(world.milestones()).filteredOn("APPROVAL_UNANSWERED"::equals).hasSize(2);

    world.rollbackBegins("announcement");
    world.runs.waitsFor(TriageWorld.ROLLBACK, "Announce the rollback");
    world.due("Event_NextLook");
    assertThat(world.text("DECISION_TAKEN")).contains("those who approved it");
  }

  // ---- from where it counts ----

  private void waitsForAnAnswer(Duration lasting, String look) {
    world.time.pass(lasting);
    world.due(look);
  }

  @Test
  void theClockOfTheDecisionBeginsAnewWithTheQuestionAfterAFix() {
    world.start(false);
    waitsForAnAnswer(Duration.ofMinutes(16), "Event_LookDue");
    assess("TRY_FIX");
    waitsForAnAnswer(Duration.ofMinutes(30), "Event_FixOverdue");
    waitsForAnAnswer(Duration.ofMinutes(14), "Event_LookDue");
    assertThat(world.milestones()).filteredOn("DECIDERS_REMINDED"::equals).hasSize(1);

    waitsForAnAnswer(Duration.ofMinutes(1), "Event_LookDue");
    assertThat(world.milestones()).filteredOn("DECIDERS_REMINDED"::equals).hasSize(2);
    waitsForAnAnswer(Duration.ofMinutes(15), "Event_LookDue");
    assertThat(world.milestones()).contains("DEPUTIES_CALLED");
  }

  @Test
  void evaluatingAgainDoesNotStopTheClock() {
    world.start(false);
    world.time.pass(Duration.ofMinutes(10));
    assess("EVALUATE_AGAIN");
    waitsForAnAnswer(Duration.ofMinutes(5), "Event_LookDue");

    assertThat(world.milestones()).contains("DECIDERS_REMINDED");
  }

  @Test
  void theClockBeginsAnewWhenARollbackWasStopped() {
    world.approvedWithCutover();
    startCritical();
    world.answer(
        "Stop the automatic rollback", Map.of("stopAnswer", "STOP", "stopReason", "planned load"));
    waitsForAnAnswer(Duration.ofMinutes(15), "Event_LookDue");

    assertThat(world.milestones()).contains("DECIDERS_REMINDED");
  }
}
