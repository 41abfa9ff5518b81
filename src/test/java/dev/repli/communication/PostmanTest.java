package dev.repli.communication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostmanTest {
  private final MessageWorld world = MessageWorld.withWarRoomAndCall();

  @BeforeEach
  void begin() {
    world.start("RollbackProcess", false, Map.of());
  }

  @Test
  void deliversEachChannelWhateverTheOthersDo() {
    world.answers.put("war-room", new Result.TryLater("it answers 500", Optional.empty()));

    world.announceAndDeliver("rollback-running");

    assertThat(world.kept())
        .contains("call rollback-running SENT", "war-room rollback-running DUE");
  }

  @Test
  void triesAgainLaterAndLater() {
    world.answers.put("call", new Result.TryLater("it answers 500", Optional.empty()));
    world.announceAndDeliver("rollback-running");

    for (int seconds : new int[] {5, 10, 20, 40}) {
      int before = calls();
      world.clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
      world.postman.tick();
      assertThat(calls()).as("just before %d s", seconds).isEqualTo(before);
      world.clock.pass(Duration.ofMillis(1));
      world.postman.tick();
      assertThat(calls()).as("after %d s", seconds).isEqualTo(before + 1);
    }
  }

  private int calls() {
    return (int) world.handedOver.stream().filter(text -> text.startsWith("call ")).count();
  }

  @Test
  void waitsAsLongAsTheOtherSideAsks() {
    world.answers.put(
        "call", new Result.TryLater("it answers 429", Optional.of(Duration.ofMinutes(2))));
    world.announceAndDeliver("rollback-running");
    world.answers.clear();

    world.clock.pass(Duration.ofSeconds(119));
    world.postman.tick();
    assertThat(calls()).isEqualTo(1);
    world.clock.pass(Duration.ofSeconds(1));
    world.postman.tick();
    assertThat(calls()).isEqualTo(2);
    assertThat(world.kept()).contains("call rollback-running SENT");
  }

  @Test
  void givesUpWhatIsRefusedAndShowsIt() {
    world.answers.put("call", new Result.Refused("it answers 404"));

    world.announceAndDeliver("rollback-running");

    assertThat(world.kept()).contains("call rollback-running DEAD");
    assertThat(world.outbox.channels())
        .anySatisfy(
            state -> {
              assertThat(state.dead()).isEqualTo(1);
              assertThat(state.problem()).isEqualTo("it answers 404");
            });
    assertThat(world.journal.newestMilestone(MessageWorld.RUN, "MESSAGE_NOT_DELIVERED"))
        .isPresent();
    assertThat(
            world
                .meters
                .counter("repli.notifications", "channel", "call", "result", "dead")
                .count())
        .isEqualTo(1);
  }

  @Test
  void givesUpAfterADay() {
    world.answers.put("call", new Result.TryLater("it answers 500", Optional.empty()));
    world.announceAndDeliver("rollback-running");

    world.clock.pass(Outbox.PATIENCE.plusSeconds(1));
    world.postman.tick();

    assertThat(world.kept()).contains("call rollback-running DEAD");
  }

  @Test
  void makesOneMessageOfWhatWaitsTogether() {
    for (int i = 0; i < 50; i++) {
      world.note("STEP_BEGUN", "line " + i, Map.of());
    }
    world.announceAndDeliver("rollback-running");

    assertThat(world.handedOver).filteredOn(text -> text.startsWith("war-room")).hasSize(1);
    assertThat(world.handedOver)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("war-room rollback-running: ")
                    .contains("line 0\n", "line 49\n"));
    assertThat(world.kept()).allMatch(kept -> kept.endsWith("SENT"));
  }

  @Test
  void deliversAtMostThreeInAMinuteOnAChannel() {
    for (int i = 0; i < 10; i++) {
      world.note("STEP_BEGUN", "line " + i, Map.of());
      world.correspondent.tick();
      world.postman.tick();
      world.clock.pass(Duration.ofSeconds(1));
    }
    assertThat(world.handedOver).hasSize(Restraint.MOST);

    world.clock.pass(Duration.ofMinutes(1));
    world.postman.tick();

    assertThat(world.handedOver).hasSize(Restraint.MOST + 1);
    assertThat(world.handedOver.get(Restraint.MOST)).contains("line 3", "line 9");
  }

  @Test
  void goesOnWhereAnotherOneDied() {
    world.announce("rollback-running");
    world.correspondent.tick();
    Outbox.Address call = new Outbox.Address(new dev.repli.plan.PlanId("shop"), "call");
    world.outbox.claim(
        call, "dead", world.clock.instant(), world.clock.instant().plusSeconds(40), 9);

    world.postman("two").tick();
    assertThat(calls()).isZero();
    world.clock.pass(Duration.ofSeconds(41));
    world.postman("two").tick();

    assertThat(calls()).isEqualTo(1);
    assertThat(world.kept()).contains("call rollback-running SENT");
  }

  @Test
  void deliversNothingBeforeWhatHappenedBefore() {
    world.answers.put(
        "call", new Result.TryLater("it answers 503", Optional.of(Duration.ofMinutes(10))));
    world.announceAndDeliver("rollback-running");
    world.answers.clear();
    world.handedOver.clear();

    world.clock.pass(Duration.ofMinutes(2));
    world.announce("rollback-done");
    world.tick();

    assertThat(world.handedOver)
        .filteredOn(text -> text.startsWith("call "))
        .singleElement()
        .satisfies(text -> assertThat(text).containsSubsequence("rollback-running", "done"));
    assertThat(world.kept()).contains("call rollback-running SENT", "call rollback-done SENT");
  }

  @Test
  void givesUpWhatIsTooOldAndNotWhatIsNewBesideIt() {
    world.answers.put("call", new Result.TryLater("it answers 500", Optional.empty()));
    world.announceAndDeliver("rollback-running");

    world.clock.pass(Outbox.PATIENCE.plusSeconds(1));
    world.announce("rollback-done");
    world.correspondent.tick();
    world.postman.tick();

    assertThat(world.kept()).contains("call rollback-running DEAD", "call rollback-done DUE");
  }
}
