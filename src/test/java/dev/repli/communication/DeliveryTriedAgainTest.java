package dev.repli.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent again because nobody knows whether it arrived. */
class DeliveryTriedAgainTest {
  private final MessageWorld world = MessageWorld.withWarRoomAndCall();

  @BeforeEach
  void begin() {
    world.start("RollbackProcess", false, Map.of());
  }

  /** The other side may have it: it tells by the key that this is what it has. */
  @Test
  void triesAgainAsItWasWhatMayHaveArrivedAndThenTellsWhatCameSince() {
    world.answers.put("war-room", new Result.TryLater("no answer", Optional.empty()));
    world.announceAndDeliver("rollback-running");
    world.note("STEP_BEGUN", "a step", Map.of("step", "switch"));
    world.note("STEP_BEGUN", "and another one", Map.of("step", "verify"));
    world.correspondent.tick();
    world.clock.pass(Duration.ofSeconds(5));
    world.postman.tick();
    world.answers.clear();
    world.clock.pass(Duration.ofSeconds(10));
    world.postman.tick();
    world.postman.tick();

    assertThat(toWarRoom()).hasSize(4);
    assertThat(toWarRoom().subList(0, 3)).containsOnly(toWarRoom().get(0));
    isTheRest(toWarRoom().get(3), toWarRoom().get(0));
  }

  private List<Delivery.Text> toWarRoom() {
    return world.texts.stream().filter(text -> text.audience().equals("technical")).toList();
  }

  private static void isTheRest(Delivery.Text rest, Delivery.Text first) {
    assertThat(rest.body()).contains("a step", "and another one").doesNotContain(first.body());
    assertThat(rest.key()).isNotEqualTo(first.key());
  }

  /** It may have died between the delivery and writing down that it was made. */
  @Test
  void triesAgainAsItWasWhatADeadOneMayHaveDelivered() {
    world.announce("rollback-running");
    world.correspondent.tick();
    Outbox.Address warRoom = new Outbox.Address(new PlanId("shop"), "war-room");
    Instant now = world.clock.instant();
    List<Message> claimed = world.outbox.claim(warRoom, "dead", now, now.plusSeconds(40), 9);
    world.note("STEP_BEGUN", "a step", Map.of("step", "switch"));
    world.note("STEP_BEGUN", "and another one", Map.of("step", "verify"));
    world.correspondent.tick();
    world.clock.pass(Duration.ofSeconds(41));
    world.postman("two").tick();
    world.postman("two").tick();

    assertThat(toWarRoom()).hasSize(2);
    assertThat(toWarRoom().get(0).key())
        .as("of what the dead one had")
        .isEqualTo(claimed.get(claimed.size() - 1).key());
    isTheRest(toWarRoom().get(1), toWarRoom().get(0));
  }

  /** A pager tells by the page what it has; nobody is called for what is over by now. */
  @Test
  void tellsAPagerAtOnceWhatBeganAndEnded() {
    world.answers.put("call", new Result.TryLater("no answer", Optional.empty()));
    world.announceAndDeliver("rollback-running");
    world.answers.clear();
    world.announce("rollback-done");
    world.correspondent.tick();
    world.clock.pass(Duration.ofSeconds(5));
    world.postman.tick();

    assertThat(world.texts)
        .filteredOn(text -> text.audience().equals("management"))
        .extracting(Delivery.Text::moment, Delivery.Text::resolves)
        .containsExactly(tuple("rollback-running", false), tuple("rollback-done", true));
  }
}
