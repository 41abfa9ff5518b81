package dev.repli.communication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Message.State;
import dev.repli.communication.jdbc.RealOutbox;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is forgotten, on every database. */
public abstract class OldMessagesContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private Outbox outbox;
  private OldMessages old;
  private Reading reading;

  protected abstract RealOutbox database();

  @BeforeEach
  void open() {
    RealOutbox database = database();
    outbox = database.outbox();
    old = database.old();
    reading = database.reading();
  }

  private static Message of(String run, String key, String channel, State state, Instant at) {
    return Message.fresh(
        key,
        new PlanId("shop"),
        run,
        channel,
        Audience.USERS,
        Moment.ROLLBACK_DONE,
        Map.of("reason", key),
        state,
        at);
  }

  @Test
  void findsRunsThatAreSilentAndForgetsThemWhole() {
    Instant longAgo = NOW.minus(Duration.ofDays(100));
    outbox.put(of("silent", "a", "chat", State.SENT, longAgo));
    outbox.put(of("silent", "b", Message.STATUS_PAGE, State.DROPPED, longAgo));
    outbox.put(of("waits", "c", "chat", State.SENT, longAgo));
    outbox.put(of("waits", "d", "chat", State.DUE, longAgo));
    outbox.put(of("drafted", "e", "chat", State.DRAFT, longAgo));
    outbox.put(of("speaks", "f", "chat", State.SENT, longAgo));
    outbox.put(of("speaks", "g", "chat", State.SENT, NOW));
    outbox.put(of("", "h", "chat", State.SENT, longAgo));
    Instant before = NOW.minus(Duration.ofDays(90));

    assertThat(old.silentSince(before, 10)).containsExactly("silent");
    assertThat(old.forget("silent", before)).isEqualTo(2);
    assertThat(old.forget("waits", before)).isZero();
    assertThat(old.forget("speaks", before)).isZero();
    assertThat(outbox.ofRun("silent")).isEmpty();
    assertThat(outbox.ofRun("speaks")).hasSize(2);
    assertThat(old.silentSince(before, 10)).isEmpty();
  }

  @Test
  void whatIsForgottenIsNotReadAgain() {
    reading.reached(new RunKey("silent"), 7);
    outbox.put(of("silent", "a", "chat", State.SENT, NOW.minus(Duration.ofDays(100))));

    assertThat(old.forget("silent", NOW)).isOne();
    assertThat(reading.of(new RunKey("silent"))).isEqualTo(7);
  }
}
