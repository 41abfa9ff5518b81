package dev.repli.communication;

import static dev.repli.communication.MessageWorld.RUN;
import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Message.State;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorrespondentTest {
  private final MessageWorld world =
      new MessageWorld(
          rules(
              "Online shop",
              channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
              channel("heads", CommunicationRules.Type.MAIL, Audience.MANAGEMENT),
              channel("call", CommunicationRules.Type.PAGERDUTY, Audience.MANAGEMENT)));

  @Test
  void tellsStepsToTheTechnicalChannelAndKeyMomentsToEverybody() {
    world.start("RollbackProcess", false, Map.of("summary", "checkout fails"));
    world.note("STEP_BEGUN", "Step announcement begun", Map.of());
    world.announce("rollback-running");
    world.note("SOMETHING_ELSE", "not for people", Map.of());

    world.correspondent.tick();

    assertThat(world.kept())
        .containsExactly(
            "war-room step DUE",
            "war-room step DUE",
            "war-room rollback-running DUE",
            "heads rollback-running DUE",
            "call rollback-running DUE",
            "status-page rollback-running SENT");
  }

  @Test
  void fillsAMessageFromFacts() {
    world.start("RollbackProcess", false, Map.of("summary", "checkout fails"));
    world.note("ANNOUNCED", "x", Map.of("message", "rollback-running", "expectedMs", "1800000"));

    world.correspondent.tick();

    Message call = world.outbox.newest("call", 1).get(0);
    assertThat(call.facts())
        .containsEntry("reason", "checkout fails")
        .containsEntry("service", "Online shop")
        .containsEntry("run", "inc-1")
        .containsEntry("expectedMs", "1800000")
        .containsKeys("begunAt", "tookMs", "at");
    assertThat(world.outbox.newest("status-page", 1).get(0).facts())
        .containsEntry("nextAt", call.madeAt().plus(Duration.ofMinutes(15)).toString());
  }

  @Test
  void tellsOfAnIncidentWhenItIsReportedAndWhenItIsSolved() {
    Map<String, String> alert =
        Map.of("reportHash", "1", "summary", "errors", "incidentStartedAt", "2026-11-21T10:00:00Z");
    world.start("RollbackProcess", false, alert);
    world.note("INCIDENT_RESOLVED", "resolved", alert);

    world.correspondent.tick();

    assertThat(world.kept())
        .contains("call incident DUE", "status-page incident SENT", "call incident-resolved DUE");
    assertThat(world.outbox.newest("call", 1).get(0).facts())
        .containsEntry("begunAt", "2026-11-21T10:00:00Z");
  }

  /** Its first request was killed before the run was there, and monitoring sent it again. */
  @Test
  void tellsOnceOfAnIncidentThatWasRequestedTwice() {
    Map<String, String> alert = Map.of("reportHash", "1", "summary", "errors");
    world.note("RUN_REQUESTED", "Run of IncidentTriageProcess requested", alert);
    world.correspondent.tick();
    world.start("IncidentTriageProcess", false, alert);

    world.correspondent.tick();

    assertThat(world.kept())
        .containsExactlyInAnyOrder(
            "war-room incident DUE", "call incident DUE", "status-page incident SENT");
  }

  @Test
  void tellsOnlyTheTechnicalChannelThatAnIncidentIsSolvedWhileItsRollbackWorks() {
    world.start("IncidentTriageProcess", false, Map.of("reportHash", "1"));
    world.note("ROLLBACK_STARTED", "Rollback INC-1-rollback started", Map.of());
    world.note("INCIDENT_RESOLVED", "resolved, says monitoring", Map.of("reportHash", "2"));

    world.correspondent.tick();

    assertThat(world.kept())
        .contains("status-page incident SENT")
        .noneMatch(message -> message.contains("incident-resolved"));
    assertThat(world.outbox.newest("war-room", 1).get(0).facts())
        .containsEntry("text", "resolved, says monitoring");
  }

  @Test
  void tellsEverybodyThatAnIncidentIsSolvedWhoseRollbackPeopleRejected() {
    RunKey rollback = new RunKey("inc-1-rollback");
    world.runs.start(
        new Runs.Request(rollback, "RollbackProcess", new PlanId("shop"), "ann", false, Map.of()));
    world.runs.end(rollback, "Rollback cancelled");
    world.start("IncidentTriageProcess", false, Map.of("reportHash", "1"));
    world.note("ROLLBACK_STARTED", "started", Map.of("run", rollback.value()));
    world.note("INCIDENT_RESOLVED", "resolved", Map.of("reportHash", "2"));

    world.correspondent.tick();

    assertThat(world.kept()).contains("status-page incident-resolved SENT");
  }

  @Test
  void readsEachEntryOnceAlsoAfterARestartInTheMiddle() {
    world.start("CutoverProcess", false, Map.of());
    world.announce("cutover-begun");
    world.correspondent.tick();
    int before = world.kept().size();

    // killed after the messages were kept and before it was noted how far the journal was read
    Correspondent again =
        new Correspondent(
            world.plans,
            world.runs,
            world.journal,
            world.journal,
            new Reading() {
              @Override
              public long of(dev.repli.run.RunKey run) {
                return 0;
              }

              @Override
              public void reached(dev.repli.run.RunKey run, long seq) {}
            },
            world.outbox,
            new TableMatrix(),
            world.clock,
            world.meters);
    again.tick();
    assertThat(world.kept()).hasSize(before);

    world.announce("cutover-done");
    world.correspondent().tick();
    assertThat(world.kept()).filteredOn(kept -> kept.contains("cutover-begun")).hasSize(3);
    assertThat(world.kept()).filteredOn(kept -> kept.contains("cutover-done")).hasSize(3);
  }

  @Test
  void goesOnWithOtherRunsWhenOneCannotBeRead() {
    world.start("CutoverProcess", false, Map.of());
    world.announce("cutover-begun");
    RunKey broken = new RunKey("inc-0");
    world.journal.append(broken, new Milestone("ANNOUNCED", "x", Map.of()));
    Correspondent reader =
        new Correspondent(
            world.plans,
            world.runs,
            world.journal,
            world.journal,
            new Reading() {
              @Override
              public long of(RunKey run) {
                if (run.equals(broken)) {
                  throw new IllegalStateException("no row");
                }
                return 0;
              }

              @Override
              public void reached(RunKey run, long seq) {}
            },
            world.outbox,
            new TableMatrix(),
            world.clock,
            world.meters);

    reader.tick();

    assertThat(world.kept()).contains("heads cutover-begun DUE");
    assertThat(world.meters.counter("repli.message.rounds.failed", "round", "reading").count())
        .isEqualTo(1);
  }

  @Test
  void sendsNothingOfADryRunAndSaysWhatItWouldSend() {
    world.start("RollbackProcess", true, Map.of());
    world.note("STEP_BEGUN", "Step begun", Map.of());
    world.note("ANNOUNCEMENT_PLANNED", "Would announce", Map.of("message", "rollback-running"));

    world.tick();

    assertThat(world.handedOver).isEmpty();
    assertThat(world.kept())
        .contains("call rollback-running PLANNED", "status-page rollback-running PLANNED")
        .allMatch(kept -> kept.endsWith("PLANNED"));
  }

  @Test
  void doesNotSendWhatIsNoNewsAnyMore() {
    world.start("RollbackProcess", false, Map.of());
    world.announce("rollback-done");
    world.clock.pass(Correspondent.STALE.plusMinutes(1));

    world.correspondent.tick();

    assertThat(world.outbox.newest("call", 1))
        .extracting(Message::state)
        .containsOnly(State.DROPPED);
  }

  @Test
  void tellsAnAudienceAnotherWayWhenItHasNoChannelOfTheRightKind() {
    MessageWorld mailOnly =
        new MessageWorld(
            rules("", channel("team", CommunicationRules.Type.MAIL, Audience.TECHNICAL)));
    mailOnly.start("CutoverProcess", false, Map.of());
    mailOnly.announce("cutover-begun");

    mailOnly.correspondent.tick();

    assertThat(mailOnly.kept()).contains("team cutover-begun DUE");
  }

  @Test
  void keepsNothingForAPlanThatTellsNobody() {
    MessageWorld silent = new MessageWorld(dev.repli.plan.CommunicationRules.SILENT);
    silent.start("CutoverProcess", false, Map.of());
    silent.announce("cutover-begun");

    silent.tick();

    assertThat(silent.outbox.ofRun(RUN.value())).isEmpty();
  }

  @Test
  void keepsTheSubjectOfALongStepShort() {
    world.start("RollbackProcess", false, Map.of());
    world.note("STEP_ENDED", "Step verification ended " + "x".repeat(100), Map.of());
    world.tick();

    assertThat(world.outbox.ofRun(RUN.value()))
        .filteredOn(
            message -> String.valueOf(message.facts().get("text")).startsWith("Step verification"))
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message.facts().get("headline"))
                    .startsWith("Step verification ended")
                    .hasSize(81));
  }
}
