package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Contact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who hears of an action of a post-mortem that is overdue. */
class ActionNewsTest {
  private final MessageWorld world =
      new MessageWorld(
          rules(
              "",
              channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
              channel("heads", CommunicationRules.Type.MAIL, Audience.MANAGEMENT),
              channel("press", CommunicationRules.Type.MAIL, Audience.COMMUNICATION),
              channel("call", CommunicationRules.Type.PAGERDUTY, Audience.LEAD)),
          new TableMatrix(),
          new ContactRules(
              List.of(
                  new Contact(
                      "ada",
                      "Ada",
                      "ada",
                      Optional.of("ada@shop.example"),
                      Optional.empty(),
                      Optional.empty())),
              List.of(),
              ContactRules.NONE.grace()));

  private List<String> told(String milestone, Map<String, String> facts) {
    world.start("PostMortemProcess", false, Map.of());
    world.note(milestone, "action 1 was due", facts);
    world.correspondent.tick();
    return world.kept().stream()
        .filter(kept -> kept.contains(" action-"))
        .map(kept -> kept.substring(0, kept.indexOf(' ')))
        .toList();
  }

  @Test
  void itsOwnerAloneIsRemindedWhereThePlanKnowsHow() {
    assertThat(told("CONTACT_CALLED", Map.of("message", "action-overdue", "contact", "ada")))
        .containsExactly("contact:ada:mail");
  }

  @Test
  void theWarRoomAloneIsToldWhereItDoesNot() {
    assertThat(told("ANNOUNCED", Map.of("message", "action-overdue"))).containsExactly("war-room");
  }

  @Test
  void afterAWeekTheLeadIsCalledAndManagementReads() {
    assertThat(told("ANNOUNCED", Map.of("message", "action-escalated")))
        .containsExactlyInAnyOrder("war-room", "heads", "call");
  }
}
