package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.triage.process.TriageWorld.Gone;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A step that stood for long: nothing starts because of what was true before, nobody is forgotten
 * meanwhile, and people have time to answer.
 */
class TriageStepStandsTest extends TriageTest {
  private static final String STOP = "Stop the automatic rollback INC-1";

  /** Events that these tests pass. */
  static final Set<String> PASSED =
      Set.of("IncidentFailedStepProcess/Event_NobodyApproved", "IncidentStepProcess/Event_LookDue");

  TriageStepStandsTest() {
    super(PASSED);
  }

  /** Approved with the cutover; the countdown to its rollback is at work. */
  private void countdown() {
    world.approvedWithCutover();
    startCritical();
    assertThat(world.tasks()).containsExactly(STOP);
  }

  private void recover() {
    world.resolve();
    world.measure(0, NORMAL);
  }

  private void startsAfterACountdownOfItsOwn() {
    assertThat(world.tasks()).containsExactly(STOP);
    assertThat(world.runs.requests).as("not by itself").isEmpty();
    world.due("Event_CountdownOver");
    assertThat(world.runs.requests).hasSize(1);
  }

  private long count(String milestone) {
    return world.milestones().stream().filter(milestone::equals).count();
  }

  // ---- the rollback that could not be started ----

  @Test
  void whatRecoveredWhileTheStartFailedIsNotRolledBack() {
    countdown();
    world.runs.closed(true);
    world.due("Event_CountdownOver");
    assertThat(world.taskVariable("step")).isEqualTo("start the rollback");

    recover();
    world.runs.closed(false);
    world.due("Event_NobodyAnswered");
    assertThat(world.runs.requests).as("nobody has looked").isEmpty();
    world.due("Event_NextLook");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void aStartThatIsTriedAgainCountsDownAnew() {
    countdown();
    world.runs.closed(true);
    world.due("Event_CountdownOver");
    world.runs.closed(false);
    decide("TRY_AGAIN");
    assertThat(world.runs.requests).as("nobody has looked").isEmpty();
    world.due("Event_NextLook");

    startsAfterACountdownOfItsOwn();
  }

  @Test
  void aLastLookThatFailedCountsDownAnew() {
    countdown();
    world.gone = Gone.TABLE;
    world.due("Event_CountdownOver");
    assertThat(world.taskVariable("step")).isEqualTo("evaluate the criteria");
    world.gone = Gone.NOTHING;
    world.due("Event_NobodyAnswered");

    startsAfterACountdownOfItsOwn();
  }

  @Test
  void aLastLookThatFailedSeesWhatRecovered() {
    countdown();
    world.gone = Gone.TABLE;
    world.due("Event_CountdownOver");
    recover();
    world.gone = Gone.NOTHING;
    world.due("Event_NobodyAnswered");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.runs.requests).isEmpty();
  }

  // ---- people ----

  @Test
  void decidersAreRemindedWhileNothingCanBeRecorded() {
    world.reported("low");
    world.gone = Gone.TABLE;
    world.start(false);
    world.time.pass(Duration.ofMinutes(14));
    world.due("Event_NobodyAnswered");
    assertThat(count("DECIDERS_REMINDED")).isZero();
    world.time.pass(Duration.ofMinutes(1));
    world.due("Event_NobodyAnswered");
    assertThat(count("DECIDERS_REMINDED")).isOne();

    world.gone = Gone.NOTHING;
    world.time.pass(Duration.ofMinutes(1));
    world.due("Event_NobodyAnswered");
    world.time.pass(Duration.ofMinutes(15));
    world.due("Event_LookDue");
    assertThat(count("DECIDERS_REMINDED")).as("the clock goes on").isOne();
    assertThat(count("DEPUTIES_CALLED")).isOne();
  }

  @Test
  void nobodyIsCalledForADryRunThatStands() {
    world.reported("low");
    world.gone = Gone.TABLE;
    world.start(true);
    world.time.pass(Duration.ofMinutes(31));
    world.due("Event_NobodyAnswered");

    assertThat(world.milestones()).doesNotContain("DECIDERS_REMINDED", "DEPUTIES_CALLED");
  }

  @Test
  void whoeverApprovesSkippingIsNotInterrupted() {
    world.gone = Gone.TABLE;
    world.start(false);
    decide("SKIP");
    assertThat(world.tasks()).containsExactly(SKIPPING);
    assertThat(world.runs("Event_NobodyAnswered")).as("tried again meanwhile").isFalse();

    world.due("Event_NobodyApproved");
    assertThat(world.tasks()).as("tried again, and not skipped").containsExactly(FAILED);
    assertThat(world.taskVariable("step")).isEqualTo("record the incident");
  }

  @Test
  void anIncidentIsAnnouncedOnceHoweverOftenItIsRecorded() {
    world.measure(0, NORMAL);
    world.runs.away(true);
    world.start(false);
    world.due("Event_NobodyAnswered");
    world.runs.away(false);
    world.due("Event_NobodyAnswered");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(count("INCIDENT_RECORDED")).isOne();
    assertThat(world.evidence(Milestone.class))
        .filteredOn(entry -> entry.text().startsWith("Incident INC-1 on"))
        .hasSize(1);
  }
}
