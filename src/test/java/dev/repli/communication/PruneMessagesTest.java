package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was said long ago is forgotten, and nothing that is still shown or goes on. */
class PruneMessagesTest {
  private static final Duration KEPT = Duration.ofDays(90);
  private final MessageWorld world =
      new MessageWorld(
          rules("Online shop", channel("chat", CommunicationRules.Type.SLACK, Audience.TECHNICAL)));
  private final PruneMessages pruning =
      new PruneMessages(world.plans, world.runs, world.outbox, world.old, KEPT, world.clock);

  /** One rollback, with what the status page says of it. */
  private void rollback(String key, boolean ends) {
    RunKey run = new RunKey(key);
    world.runs.start(
        new Runs.Request(run, "RollbackProcess", new PlanId("shop"), "ann", false, Map.of()));
    say(run, Moment.ROLLBACK_RUNNING);
    if (ends) {
      say(run, Moment.ROLLBACK_DONE);
    }
    world.runs.end(run, ends ? "Rolled back to source" : "Handed to contingency plan");
  }

  private void say(RunKey run, Moment moment) {
    for (String channel : List.of(Message.STATUS_PAGE, "chat")) {
      world.outbox.put(
          Message.fresh(
              run + "/" + moment + "/" + channel,
              new PlanId("shop"),
              run.value(),
              channel,
              Audience.USERS,
              moment,
              Map.of(),
              Message.State.SENT,
              world.clock.instant()));
    }
  }

  private int kept(String run) {
    return world.outbox.ofRun(run).size();
  }

  @Test
  void forgetsWhatIsOlderThanItsTimeAndNoMoreShown() {
    rollback("old", true);
    world.clock.pass(Duration.ofDays(89));
    for (int i = 0; i < 10; i++) {
      rollback("new-" + i, true);
    }
    pruning.tick();
    assertThat(kept("old")).as("not old enough").isEqualTo(4);

    world.clock.pass(Duration.ofDays(2));
    pruning.tick();
    assertThat(kept("old")).isZero();
    assertThat(kept("new-0")).isEqualTo(4);
  }

  @Test
  void keepsWhatTheStatusPageStillShows() {
    rollback("old", true);
    world.clock.pass(Duration.ofDays(400));
    pruning.tick();

    assertThat(kept("old")).isEqualTo(4);
    assertThat(world.outbox.shown(new PlanId("shop"), Outbox.SHOWN)).hasSize(2);
  }

  @Test
  void keepsWhatIsNotOver() {
    rollback("left", false);
    world.runs.start(
        new Runs.Request(
            new RunKey("runs"), "RollbackProcess", new PlanId("shop"), "ann", false, Map.of()));
    world.outbox.put(
        Message.fresh(
            "runs/1/chat",
            new PlanId("shop"),
            "runs",
            "chat",
            Audience.TECHNICAL,
            Moment.STEP,
            Map.of(),
            Message.State.SENT,
            world.clock.instant()));
    world.clock.pass(Duration.ofDays(91));
    world.runs.end(new RunKey("runs"), "Rolled back to source");
    for (int i = 0; i < 11; i++) {
      rollback("new-" + i, true);
    }
    pruning.tick();
    assertThat(kept("left")).as("nobody said that it is over").isEqualTo(2);
    assertThat(kept("runs")).isZero();
  }

  @Test
  void keepsWhatRunsHoweverLong() {
    world.runs.start(
        new Runs.Request(
            new RunKey("runs"), "CutoverProcess", new PlanId("shop"), "ann", false, Map.of()));
    say(new RunKey("runs"), Moment.CUTOVER_DONE);
    world.clock.pass(Duration.ofDays(100));
    for (int i = 0; i < 21; i++) {
      say(new RunKey("said-" + i), Moment.CUTOVER_DONE);
    }
    pruning.tick();

    assertThat(kept("runs")).isEqualTo(2);
  }

  @Test
  void refusesToForgetWhatAPostMortemNeeds() {
    assertThatThrownBy(
            () ->
                new PruneMessages(
                    world.plans,
                    world.runs,
                    world.outbox,
                    world.old,
                    Duration.ofDays(1),
                    world.clock))
        .hasMessageContaining("repli.messages.kept")
        .hasMessageContaining("7d");
  }
}
