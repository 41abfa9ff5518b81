package dev.repli.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.repli.communication.Message.State;
import dev.repli.communication.Outbox.Address;
import dev.repli.communication.Outbox.ChannelState;
import dev.repli.communication.jdbc.RealOutbox;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox has to do on every database. */
public abstract class OutboxContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration CLAIM = Duration.ofSeconds(40);
  private static final PlanId SHOP = new PlanId("shop");
  private static final Address CHAT = new Address(SHOP, "chat");
  private Outbox outbox;
  private Reading reading;

  protected abstract RealOutbox database();

  @BeforeEach
  void open() {
    RealOutbox database = database();
    outbox = database.outbox();
    reading = database.reading();
  }

  private static Message message(String key, State state) {
    return Message.fresh(
        key,
        SHOP,
        "run-1",
        "chat",
        Audience.TECHNICAL,
        Moment.ROLLBACK_RUNNING,
        Map.of("reason", "caf\u00e9 \u2603 ${7*7} {{x}}"),
        state,
        NOW);
  }

  private List<Message> claim(String by, Instant now) {
    return outbox.claim(CHAT, by, now, now.plus(CLAIM), 10);
  }

  @Test
  void keepsAKeyOnce() {
    assertThat(outbox.put(message("a", State.DUE))).isTrue();
    assertThat(outbox.put(message("a", State.DUE))).isFalse();

    assertThat(outbox.ofRun("run-1")).hasSize(1);
  }

  @Test
  void givesBackWhatWasKept() {
    outbox.put(message("a", State.DUE));

    Message kept = outbox.ofRun("run-1").get(0);
    assertThat(kept.facts()).containsEntry("reason", "caf\u00e9 \u2603 ${7*7} {{x}}");
    assertThat(kept.madeAt()).isEqualTo(NOW);
    assertThat(kept.ownWords()).isEmpty();
    assertThat(outbox.newest("chat", 5)).containsExactly(kept);
  }

  @Test
  void letsOneAloneDeliverUntilItsClaimIsOver() {
    outbox.put(message("a", State.DUE));

    assertThat(outbox.waiting(NOW)).containsExactly(CHAT);
    assertThat(claim("one", NOW)).hasSize(1);
    assertThat(claim("two", NOW)).isEmpty();
    assertThat(outbox.waiting(NOW)).isEmpty();
    assertThat(claim("two", NOW.plus(CLAIM).plusMillis(1))).hasSize(1);
  }

  @Test
  void saysWhetherSomethingIsUnderway() {
    outbox.put(message("a", State.DUE));
    assertThat(outbox.isUnderway(CHAT, NOW)).isFalse();

    List<Message> claimed = claim("one", NOW);
    assertThat(outbox.isUnderway(CHAT, NOW.plus(CLAIM))).isTrue();
    assertThat(outbox.isUnderway(CHAT, NOW.plus(CLAIM).plusMillis(1))).isFalse();
    assertThat(outbox.isUnderway(new Address(SHOP, "other"), NOW)).isFalse();
    outbox.sent(claimed, NOW, "");
    assertThat(outbox.isUnderway(CHAT, NOW)).isFalse();
  }

  @Test
  void countsAsATryWhatADeadOneMayHaveDelivered() {
    outbox.put(message("a", State.DUE));
    assertThat(claim("dead", NOW)).extracting(Message::tries).containsExactly(0);
    outbox.put(message("b", State.DUE));

    assertThat(claim("two", NOW.plus(CLAIM).plusMillis(1)))
        .extracting(Message::key, Message::tries)
        .containsExactly(tuple("a", 1), tuple("b", 0));
  }

  @Test
  void takesAllOfAChannelInOrderOnceSomethingOfItIsDue() {
    outbox.put(message("a", State.DUE));
    outbox.later(claim("one", NOW), NOW.plusSeconds(600), "it answers 500", true);
    assertThat(outbox.waiting(NOW)).isEmpty();
    outbox.put(message("b", State.DUE));

    assertThat(outbox.waiting(NOW)).containsExactly(CHAT);
    assertThat(claim("one", NOW)).extracting(Message::key).containsExactly("a", "b");
  }

  @Test
  void letsNobodyOvertakeWhatIsBeingDelivered() {
    outbox.put(message("a", State.DUE));
    List<Message> first = claim("one", NOW);
    outbox.put(message("b", State.DUE));

    assertThat(outbox.waiting(NOW)).isEmpty();
    assertThat(claim("two", NOW)).isEmpty();
    outbox.sent(first, NOW, "");
    assertThat(claim("two", NOW)).extracting(Message::key).containsExactly("b");
  }

  @Test
  void leavesWhatIsTooMuchForOneDeliveryToTheNext() {
    outbox.put(message("a", State.DUE));
    outbox.put(message("b", State.DUE));

    List<Message> first = outbox.claim(CHAT, "one", NOW, NOW.plus(CLAIM), 1);
    assertThat(first).extracting(Message::key).containsExactly("a");
    outbox.sent(first, NOW, "");
    assertThat(claim("two", NOW)).extracting(Message::key).containsExactly("b");
  }

  @Test
  void triesAgainWhenItIsTime() {
    outbox.put(message("a", State.DUE));
    Instant later = NOW.plusSeconds(30);

    outbox.later(claim("one", NOW), later, "it answers 500", true);

    assertThat(claim("one", later.minusMillis(1))).isEmpty();
    Message again = claim("one", later).get(0);
    assertThat(again.tries()).isEqualTo(1);
    assertThat(again.problem()).isEqualTo("it answers 500");
  }

  @Test
  void neverDeliversWhatIsDoneOrNotToBeSent() {
    for (State state : State.values()) {
      outbox.put(message(state.name(), state));
    }
    List<Message> due = claim("one", NOW);

    assertThat(due).extracting(Message::key).containsExactly("DUE");
    outbox.sent(due, NOW, "");
    assertThat(outbox.waiting(NOW.plus(CLAIM).plus(CLAIM))).isEmpty();
    assertThat(outbox.deliveries(CHAT, NOW.minusSeconds(60))).containsExactly(NOW);
  }

  @Test
  void showsWhatCouldNotBeDelivered() {
    outbox.put(message("a", State.DUE));
    outbox.put(message("b", State.SENT));
    outbox.dead(claim("one", NOW), NOW, "x".repeat(900));

    ChannelState state = outbox.channels().get(0);
    assertThat(state.address()).isEqualTo(CHAT);
    assertThat(state.dead()).isEqualTo(1);
    assertThat(state.sent()).isEqualTo(1);
    assertThat(state.due()).isZero();
    assertThat(state.problem()).hasSize(500);
  }

  @Test
  void showsWhomADeliveryDidNotReach() {
    outbox.put(message("a", State.DUE));
    outbox.sent(claim("one", NOW), NOW, "the mail server refuses bob@shop.example (550)");

    assertThat(outbox.channels().get(0).problem()).contains("bob@shop.example");
    assertThat(outbox.channels().get(0).sent()).isEqualTo(1);
  }

  @Test
  void readsOnFromWhereItWasAndNeverBack() {
    RunKey run = new RunKey("run-1");

    assertThat(reading.of(run)).isZero();
    reading.reached(run, 7);
    reading.reached(run, 5);
    assertThat(reading.of(run)).isEqualTo(7);
  }

  @Test
  void leavesWhatWasTakenAndNotTriedToTheNextAsItWas() {
    outbox.put(message("a", State.DUE));
    outbox.put(message("b", State.DUE));
    List<Message> taken = claim("one", NOW);
    outbox.sent(taken.subList(0, 1), NOW, "");
    outbox.later(taken.subList(1, 2), NOW, "", false);

    assertThat(claim("one", NOW))
        .extracting(Message::key, Message::tries)
        .containsExactly(tuple("b", 0));
  }

  private void turn(String key, String run, Moment moment, State state) {
    outbox.put(
        Message.fresh(
            key, SHOP, run, Message.STATUS_PAGE, Audience.USERS, moment, Map.of(), state, NOW));
  }

  @Test
  void saysWhatEachRunOpenedOrClosedLastHoweverMuchWasSaidSince() {
    turn("a", "run-1", Moment.INCIDENT, State.SENT);
    turn("b", "run-2", Moment.ROLLBACK_RUNNING, State.SENT);
    turn("c", "run-2", Moment.ROLLBACK_DONE, State.SENT);
    turn("d", "run-3", Moment.INCIDENT, State.SENT);
    turn("e", "run-3", Moment.INCIDENT_RESOLVED, State.DROPPED);
    turn("f", "run-4", Moment.INCIDENT, State.PLANNED);
    for (int i = 0; i < 60; i++) {
      turn("p" + i, "run-1", Moment.PROGRESS, State.SENT);
    }

    assertThat(outbox.turning(SHOP))
        .extracting(Message::moment)
        .containsExactly(Moment.INCIDENT, Moment.ROLLBACK_DONE, Moment.INCIDENT_RESOLVED);
    assertThat(outbox.turning(new PlanId("books"))).isEmpty();
  }

  private static Message said(String key, String channel, State state) {
    return Message.fresh(
        key, SHOP, "run-1", channel, Audience.USERS, Moment.ROLLBACK_DONE, Map.of(), state, NOW);
  }

  @Test
  void showsTheNewestOfThePlansStatusPage() {
    for (String key : List.of("a", "b", "c")) {
      outbox.put(said(key, Message.STATUS_PAGE, State.SENT));
    }
    outbox.put(said("d", Message.STATUS_PAGE, State.PLANNED));
    outbox.put(said("e", "chat", State.SENT));

    assertThat(outbox.shown(SHOP, 2)).extracting(Message::key).containsExactly("c", "b");
    assertThat(outbox.shown(new PlanId("books"), 2)).isEmpty();
  }
}
