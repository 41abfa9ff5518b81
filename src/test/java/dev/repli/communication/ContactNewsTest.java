package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Chain;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.ContactRules.Step;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A call goes to one person, over each address of that person, and to nobody else. */
class ContactNewsTest {
  private static final ContactRules CONTACTS =
      new ContactRules(
          List.of(contact("ada"), contact("bob")),
          List.of(new Chain("technical-lead", List.of(new Step("ada", Duration.ZERO)))),
          ContactRules.NONE.grace());
  private final MessageWorld world =
      new MessageWorld(
          rules("", channel("boss", CommunicationRules.Type.PAGERDUTY, Audience.LEAD)),
          new TableMatrix(),
          CONTACTS);

  private static Contact contact(String id) {
    return new Contact(
        id,
        "Ada",
        id,
        Optional.of(id + "@shop.example"),
        Optional.empty(),
        Optional.of(new SecretRef("env:SMS")));
  }

  private void called(String milestone) {
    world.start("IncidentTriageProcess", false, Map.of());
    world.note(
        milestone, "call", Map.of("message", "decision-due", "contact", "ada", "forOne", "bob"));
    world.tick();
  }

  private List<String> due() {
    return world.kept().stream().filter(kept -> kept.contains("decision-due")).toList();
  }

  @Test
  void callsThePersonOverEachAddress() {
    called("CONTACT_CALLED");

    assertThat(due())
        .containsExactly("contact:ada:mail decision-due SENT", "contact:ada:sms decision-due SENT");
    assertThat(world.handedOver).contains("contact:ada:sms decision-due: call");
  }

  /** Facts of a request come from outside: they call nobody. */
  @Test
  void callsNobodyForAnEntryOfAnotherName() {
    called("RUN_REQUESTED");

    assertThat(due()).noneMatch(kept -> kept.startsWith("contact:"));
  }

  @Test
  void tellsTheLeadWhenThePersonCannotBeReached() {
    world.answers.put("contact:ada:sms", new Result.Refused("it answers 404"));
    called("CONTACT_CALLED");
    world.tick();

    assertThat(world.kept()).contains("boss silence SENT");
  }
}
