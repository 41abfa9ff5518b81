package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody with three addresses gets three messages in a minute, not nine. */
class OnePersonTest {
  private static final Optional<SecretRef> URL = Optional.of(new SecretRef("env:URL"));
  private static final String SMS = "contact:ada:sms";
  private final MessageWorld world =
      new MessageWorld(
          rules("", channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL)),
          new TableMatrix(),
          new ContactRules(
              List.of(new Contact("ada", "Ada", "ada", Optional.of("ada@shop.example"), URL, URL)),
              List.of(),
              ContactRules.NONE.grace()));

  @BeforeEach
  void begin() {
    world.start("IncidentTriageProcess", false, Map.of());
  }

  private void call(String moment, String text) {
    world.note("CONTACT_CALLED", text, Map.of("message", moment, "contact", "ada"));
    world.correspondent.tick();
    world.postman.tick();
  }

  private void pass(Duration time) {
    world.clock.pass(time);
    world.postman.tick();
  }

  private List<String> had() {
    return world.handedOver.stream().filter(text -> text.startsWith("contact:ada")).toList();
  }

  private List<String> states(String moment) {
    return world.kept().stream().filter(kept -> kept.contains(" " + moment + " ")).toList();
  }

  @Test
  void countsAllAddressesTogetherAndLosesNothing() {
    call("action-overdue", "action 1");
    call("action-overdue", "action 2");
    call("action-overdue", "action 3");
    assertThat(had()).hasSize(3).allMatch(text -> text.contains("action 1"));

    pass(Duration.ofSeconds(59));
    assertThat(had()).hasSize(3);
    pass(Duration.ofSeconds(1));

    assertThat(had()).hasSize(6);
    assertThat(had().subList(3, 6))
        .allMatch(text -> text.contains("action 2") && text.contains("action 3"));
    assertThat(states("action-overdue")).hasSize(9).allMatch(kept -> kept.endsWith("SENT"));
  }

  @Test
  void sendsAPageAtOnceOverTheLoudestAddressWithWhatWasHeldThere() {
    call("action-overdue", "action 1");
    call("action-overdue", "action 2");

    call("decision-due", "decide");

    assertThat(had()).hasSize(4);
    assertThat(had().get(3)).startsWith(SMS + " decision-due").contains("decide", "action 2");
    pass(Duration.ofSeconds(5));
    assertThat(had()).hasSize(4);
    pass(Duration.ofMinutes(1));
    assertThat(world.kept()).allMatch(kept -> kept.endsWith("SENT"));
  }

  @Test
  void pagesOverTheNextAddressWhenTheLoudestFails() {
    call("action-overdue", "action 1");
    world.answers.put(SMS, new Result.TryLater("it answers 500", Optional.empty()));

    call("decision-due", "decide");
    pass(Duration.ofSeconds(1));

    assertThat(states("decision-due"))
        .contains(SMS + " decision-due DUE", "contact:ada:chat decision-due SENT");
  }

  @Test
  void pagesOverTheNextAddressWhenTheLoudestHangs() {
    call("action-overdue", "action 1");
    call("action-overdue", "action 2");
    world.note("CONTACT_CALLED", "decide", Map.of("message", "decision-due", "contact", "ada"));
    world.correspondent.tick();
    Outbox.Address sms =
        world.outbox.waiting(world.clock.instant()).stream()
            .filter(address -> address.channel().equals(SMS))
            .findFirst()
            .orElseThrow();
    var unused =
        world.outbox.claim(
            sms,
            "another Repli, which gets no answer",
            world.clock.instant(),
            world.clock.instant().plusSeconds(40),
            100);

    world.postman.tick();
    assertThat(had()).as("the first try is still underway").hasSize(3);
    pass(Duration.ofSeconds(4));

    assertThat(states("decision-due")).contains("contact:ada:chat decision-due SENT");
  }

  @Test
  void neverHoldsAPageBackForAnotherPage() {
    for (int i = 0; i < 5; i++) {
      call("answer-needed", "answer " + i);
    }

    assertThat(had()).filteredOn(text -> text.startsWith(SMS)).hasSize(5);
    assertThat(had()).hasSize(7);
  }
}
