package dev.repli.communication;

import static dev.repli.communication.MessageWorld.RUN;
import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Maintenance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
        .containsExactly("war-room work-ended SENT", "status-page work-ended SENT");
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
