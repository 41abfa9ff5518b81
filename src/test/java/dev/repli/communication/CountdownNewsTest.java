package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.SecretRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rollback that starts by itself is told to all who can stop it, and to no customer. */
class CountdownNewsTest {
  private static final ContactRules ON_CALL =
      new ContactRules(
          List.of(
              new Contact(
                  "ada",
                  "Ada",
                  "ada",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new SecretRef("env:SMS")))),
          List.of(),
          ContactRules.NONE.grace());
  private final MessageWorld world =
      new MessageWorld(
          rules(
              "Online shop",
              channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
              channel("customers", CommunicationRules.Type.MAIL, Audience.USERS),
              channel("call", CommunicationRules.Type.PAGERDUTY, Audience.LEAD)),
          new TableMatrix(),
          ON_CALL);

  @Test
  void reachesTheTeamTheLeadAndWhoeverIsOnCall() {
    world.start("IncidentTriageProcess", false, Map.of());
    world.tick();
    world.note("COUNTDOWN_BEGUN", "it starts", Map.of("message", "countdown"));
    world.note("CONTACT_CALLED", "it starts", Map.of("message", "countdown", "contact", "ada"));
    world.tick();

    assertThat(world.kept().stream().filter(kept -> kept.contains("countdown")))
        .containsExactlyInAnyOrder(
            "war-room countdown SENT", "call countdown SENT", "contact:ada:sms countdown SENT");
  }

  @Test
  void tellsTheTeamWhatTheCriteriaSay() {
    world.start("IncidentTriageProcess", false, Map.of());
    world.note("VERDICT", "Verdict: rollback recommended", Map.of());
    world.tick();

    assertThat(world.kept()).contains("war-room step SENT").doesNotContain("call step SENT");
  }
}
