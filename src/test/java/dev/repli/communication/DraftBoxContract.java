package dev.repli.communication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Message.State;
import dev.repli.communication.Outbox.Address;
import dev.repli.communication.jdbc.RealOutbox;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has to become of messages that people approve, on every database. */
public abstract class DraftBoxContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration CLAIM = Duration.ofSeconds(40);
  private static final PlanId SHOP = new PlanId("shop");
  private static final Address CHAT = new Address(SHOP, "chat");
  private Outbox outbox;
  private DraftBox drafts;

  protected abstract RealOutbox database();

  @BeforeEach
  void open() {
    RealOutbox database = database();
    outbox = database.outbox();
    drafts = database.drafts();
  }

  private static Message message(String key, State state) {
    return Message.fresh(
        key,
        SHOP,
        "run-1",
        "chat",
        Audience.TECHNICAL,
        Moment.ROLLBACK_RUNNING,
        Map.of(),
        state,
        NOW);
  }

  private List<Message> claim(String by, Instant now) {
    return outbox.claim(CHAT, by, now, now.plus(CLAIM), 10);
  }

  @Test
  void sendsADraftOnceItIsApprovedInTheWordsOfPeople() {
    outbox.put(message("a", State.DRAFT));
    outbox.put(message("b", State.DUE));
    List<Message> waiting = drafts.waiting();
    assertThat(waiting).extracting(Message::key).containsExactly("a");
    assertThat(claim("one", NOW)).extracting(Message::key).containsExactly("b");

    Instant later = NOW.plus(CLAIM);
    drafts.send(waiting, Map.of("en", "it is caf\u00e9\n<b>", "fr", "\u2603"), later);
    drafts.send(waiting, Map.of(), later.plus(CLAIM));
    drafts.refuse(waiting, later, "too late");

    assertThat(drafts.waiting()).isEmpty();
    Message kept = outbox.ofRun("run-1").get(0);
    assertThat(kept.state()).isEqualTo(State.DUE);
    assertThat(kept.madeAt()).isEqualTo(later);
    assertThat(kept.ownWords())
        .containsOnly(Map.entry("en", "it is caf\u00e9\n<b>"), Map.entry("fr", "\u2603"));
    assertThat(claim("two", later.plus(CLAIM))).extracting(Message::key).contains("a");
  }

  @Test
  void neverSendsADraftThatWasRefused() {
    outbox.put(message("a", State.DRAFT));
    List<Message> waiting = drafts.waiting();
    drafts.refuse(waiting, NOW, "not sent, says ann");
    drafts.send(waiting, Map.of(), NOW);

    assertThat(outbox.ofRun("run-1")).extracting(Message::state).containsExactly(State.REFUSED);
    assertThat(outbox.waiting(NOW.plus(CLAIM))).isEmpty();
  }
}
