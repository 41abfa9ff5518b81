package dev.repli.communication;

import static dev.repli.communication.MessageWorld.RUN;
import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Maintenance;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {
  private final MessageWorld world =
      new MessageWorld(
          rules(
              "Online shop",
              channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
              channel("lead", CommunicationRules.Type.PAGERDUTY, Audience.LEAD)));

  private void begin() {
    world.start("RollbackProcess", false, Map.of());
    world.announce("rollback-running");
    world.tick();
  }

  @Test
  void goesOnToTellOfARunThatManyOthersFollowed() {
    begin();
    for (int number = 0; number < 10; number++) {
      world.runs.start(
          new Runs.Request(
              new RunKey("dry-" + number),
              "RollbackProcess",
              new PlanId("shop"),
              "ann",
              true,
              Map.of()));
    }
    world.clock.pass(Duration.ofMinutes(15));
    world.tick();

    assertThat(progress()).containsExactly("status-page progress SENT");
  }

  private List<String> progress() {
    return world.kept().stream().filter(kept -> kept.contains("progress")).toList();
  }

  @Test
  void keepsEachPromiseOfNewsWhileTheWorkGoesOn() {
    begin();
    world.clock.pass(Duration.ofMinutes(14));
    world.tick();
    assertThat(progress()).isEmpty();

    world.clock.pass(Duration.ofMinutes(1));
    world.tick();
    world.tick();
    assertThat(progress()).containsExactly("status-page progress SENT");

    world.clock.pass(Duration.ofMinutes(15));
    world.tick();
    assertThat(progress())
        .containsExactly(
            "status-page progress SENT", "war-room progress SENT", "status-page progress SENT");
  }

  @Test
  void tellsOfACutoverThatGoesBackAsOfARollback() {
    world.start("CutoverProcess", false, Map.of());
    world.announce("cutover-begun");
    world.tick();
    world.clock.pass(Duration.ofMinutes(30));
    world.tick();
    world.announce("cutover-done");
    world.tick();
    assertThat(progress()).containsExactly("war-room progress SENT");

    world.announce("rollback-running");
    world.tick();
    assertThat(world.kept())
        .filteredOn(kept -> kept.contains("rollback-running"))
        .containsExactlyInAnyOrder(
            "war-room rollback-running SENT",
            "lead rollback-running SENT",
            "status-page rollback-running SENT");

    world.clock.pass(Duration.ofMinutes(30));
    world.tick();
    assertThat(progress())
        .containsExactlyInAnyOrder(
            "war-room progress SENT", "war-room progress SENT", "status-page progress SENT");
    world.announce("rollback-done");
    world.tick();
    assertThat(world.kept()).contains("lead rollback-done SENT");
  }

  @Test
  void saysNothingMoreWhenTheWorkIsDone() {
    begin();
    world.announce("rollback-done");
    world.tick();
    world.clock.pass(Duration.ofHours(2));
    world.tick();

    assertThat(progress()).isEmpty();
  }

  @Test
  void endsTheStoryOfARunThatWasAborted() {
    begin();
    world.runs.end(RUN, "Rollback aborted");
    world.tick();
    world.tick();

    assertThat(world.kept())
        .filteredOn(kept -> kept.contains("work-ended"))
        .containsExactly(
            "war-room work-ended SENT", "lead work-ended SENT", "status-page work-ended SENT");
  }

  private List<String> endOfATriage(String result) {
    world.start("IncidentTriageProcess", false, Map.of("reportHash", "1", "summary", "errors"));
    world.tick();
    world.runs.end(RUN, result);
    world.tick();
    world.tick();
    return world.kept().stream().filter(kept -> !kept.contains(" incident ")).toList();
  }

  /** The rollback is a run of its own: it has told the end. */
  @Test
  void tellsNoEndOfATriageThatEndedWithItsRollback() {
    assertThat(endOfATriage("Rolled back to source"))
        .containsExactly(
            "war-room incident-resolved DROPPED",
            "lead incident-resolved SENT",
            "status-page incident-resolved DROPPED");
    assertThat(world.handedOver).noneMatch(text -> text.startsWith("war-room incident-resolved"));
    assertThat(world.outbox.turning(new PlanId("shop")))
        .extracting(Message::moment)
        .containsExactly(Moment.INCIDENT_RESOLVED);
  }

  @Test
  void tellsOnceThatAnIncidentIsOverWhenNobodyReportedIt() {
    assertThat(endOfATriage("Normal operation"))
        .containsExactly(
            "war-room incident-resolved SENT",
            "lead incident-resolved SENT",
            "status-page incident-resolved SENT");
  }

  @Test
  void tellsThatAnIncidentWasClosedForNow() {
    assertThat(endOfATriage("Fix planned"))
        .containsExactly(
            "war-room incident-closed SENT",
            "lead incident-closed SENT",
            "status-page incident-closed SENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Contingency plan chosen", "Triage aborted"})
  void leavesOpenWhatPeopleGoOnWithWithoutRepli(String result) {
    assertThat(endOfATriage(result))
        .containsExactly(
            "war-room contingency SENT", "lead contingency SENT", "status-page contingency SENT");
    assertThat(open()).containsExactly(Moment.INCIDENT);
    assertThat(world.texts).noneMatch(Delivery.Text::resolves);
  }

  @Test
  void leavesARollbackOpenThatWasHandedToAContingencyPlan() {
    begin();
    world.runs.end(RUN, "Handed to contingency plan");
    world.tick();
    world.clock.pass(Duration.ofMinutes(30));
    world.tick();

    assertThat(world.kept()).contains("status-page contingency SENT");
    assertThat(progress()).isEmpty();
    assertThat(open()).containsExactly(Moment.ROLLBACK_RUNNING);
  }

  @Test
  void leavesItToTheTriageToTellHowItGoesOnAfterItsRollback() {
    begin();
    world.runs.end(RUN, "Handed to contingency plan");
    world.runs.start(
        new Runs.Request(
            new RunKey("inc-0"),
            "IncidentTriageProcess",
            new PlanId("shop"),
            "ann",
            false,
            Map.of("reportHash", "1")));
    world.tick();

    assertThat(world.kept()).contains("status-page work-ended SENT");
    assertThat(open()).containsExactly(Moment.INCIDENT);
  }

  /** What the status page shows as not over. */
  private List<Moment> open() {
    return world.outbox.turning(new PlanId("shop")).stream()
        .map(Message::moment)
        .filter(Moment::opens)
        .toList();
  }

  @Test
  void goesOnWithOtherRunsWhenOneFails() {
    begin();
    RunKey second = new RunKey("inc-2");
    world.runs.end(RUN, "Rollback aborted");
    world.runs.start(
        new Runs.Request(second, "CutoverProcess", new PlanId("shop"), "ann", false, Map.of()));
    Outbox damaged =
        (Outbox)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Outbox.class},
                (self, method, given) -> {
                  if (method.getName().equals("ofRun") && given[0].equals("inc-2")) {
                    throw new IllegalStateException("facts of a message are damaged");
                  }
                  return method.invoke(world.outbox, given);
                });
    Cadence cadence =
        new Cadence(world.plans, world.runs, damaged, new TableMatrix(), world.clock, world.meters);

    cadence.tick();
    cadence.tick();

    assertThat(world.kept()).contains("status-page work-ended SENT");
    assertThat(world.meters.counter("repli.message.rounds.failed", "round", "reminding").count())
        .isEqualTo(2);
  }

  @Test
  void callsTheLeadOnceWhenNewsDoesNotArrive() {
    world.answers.put("war-room", new Result.TryLater("it answers 500", Optional.empty()));
    begin();
    world.clock.pass(Cadence.GRACE);
    world.tick();
    assertThat(world.kept()).noneMatch(kept -> kept.contains("silence"));

    world.clock.pass(Duration.ofSeconds(1));
    world.tick();
    world.tick();

    assertThat(world.kept())
        .filteredOn(kept -> kept.contains("silence"))
        .containsExactly("lead silence SENT");
    assertThat(world.outbox.newest("lead", 1).get(0).facts())
        .containsEntry("channel", "war-room")
        .containsEntry("what", "rollback-running")
        .containsEntry("state", "it answers 500");
  }

  private long silences() {
    return world.kept().stream().filter(kept -> kept.startsWith("lead silence")).count();
  }

  @Test
  void callsTheLeadOnceWhenTheNewsThatWasPromisedDoesNotArrive() {
    begin();
    world.answers.put("war-room", new Result.TryLater("it answers 500", Optional.empty()));
    world.clock.pass(Duration.ofMinutes(30));
    world.tick();
    assertThat(silences()).isZero();

    world.clock.pass(Cadence.GRACE.plusSeconds(1));
    world.tick();
    assertThat(silences()).isEqualTo(1);
    assertThat(world.outbox.newest("lead", 1).get(0).facts())
        .containsEntry("channel", "war-room")
        .containsEntry("what", "progress");

    world.clock.pass(Duration.ofHours(1));
    world.tick();
    assertThat(silences()).as("the channel is still as dead as before").isEqualTo(1);

    world.answers.clear();
    world.clock.pass(Duration.ofMinutes(10));
    world.tick();
    world.answers.put("war-room", new Result.Refused("it answers 404"));
    world.clock.pass(Duration.ofMinutes(30));
    world.tick();
    world.tick();
    assertThat(silences()).as("dead anew").isEqualTo(2);
  }

  @Test
  void announcesAMaintenanceSevenDaysAndOneDayBefore() {
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(8));
    CommunicationRules base =
        rules(
            "Online shop", channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL));
    MessageWorld planned =
        new MessageWorld(
            new CommunicationRules(
                base.service(),
                base.contact(),
                base.mail(),
                base.channels(),
                Optional.of(new Maintenance(from, Duration.ofMinutes(30)))));

    planned.tick();
    assertThat(planned.handedOver).isEmpty();
    planned.clock.pass(Duration.ofDays(1).plusMinutes(1));
    planned.tick();
    planned.tick();
    assertThat(planned.handedOver).hasSize(1);
    assertThat(planned.outbox.newest("status-page", 5)).isEmpty();

    planned.clock.pass(Duration.ofDays(6));
    planned.tick();
    assertThat(planned.handedOver).hasSize(2);
    assertThat(planned.outbox.newest("status-page", 5))
        .extracting(Message::moment)
        .containsExactly(Moment.MAINTENANCE_PLANNED);
  }
}
