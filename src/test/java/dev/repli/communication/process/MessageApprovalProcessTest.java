package dev.repli.communication.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.communication.Message;
import dev.repli.communication.Wording;
import dev.repli.communication.wording.RealWording;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.runbook.RunbookEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The model on a real engine. Together these tests pass every end event and every boundary event;
 * the last check sees to it.
 */
class MessageApprovalProcessTest {
  private static final Wording WORDING = RealWording.templates();
  private static RunbookEngine engine;
  private MessageApprovalWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("communication", List.of(), List.of());
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new MessageApprovalWorld(engine.engine, engine.beans, WORDING);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private static Map<String, Object> said(String answer, String reason) {
    Map<String, Object> said = new HashMap<>();
    said.put("messageAnswer", answer);
    said.put("messageReason", reason);
    return said;
  }

  private void change(String english, String french) {
    Map<String, Object> said = said("SEND_CHANGED", "");
    said.put("textEn", english);
    said.put("textFr", french);
    world.say(said);
  }

  @Test
  void showsWhatWouldBeSentByChannelAndLanguage() {
    world.start(false);

    assertThat(world.task().getName()).isEqualTo("Approve the message INC-1");
    assertThat(world.taskVariable("aboutMessage")).asString().contains("**users**");
    assertThat(world.taskVariable("messagePreview"))
        .asString()
        .contains("**French, over clients\\, status\\-page**", "**English, over status\\-page**")
        .contains("plus long que prévu", "takes us longer than expected")
        .contains("\\*Shop\\* \\[x\\]\\(http")
        .doesNotContain("[x](http");
    assertThat(world.taskVariable("textEn")).asString().contains("*Shop* [x](http://evil)");
    assertThat(world.states()).containsExactly("clients DRAFT", "status-page DRAFT");
  }

  @Test
  void sendsItAsShown() {
    world.start(false);
    world.as("ann");
    world.say(said("SEND", ""));

    assertThat(world.endedAs()).isEqualTo("Message sent");
    assertThat(world.states()).containsExactly("clients DUE", "status-page SENT");
    assertThat(world.outbox.ofRun("INC-1")).allMatch(message -> message.ownWords().isEmpty());
    assertThat(world.toldInTheIncident())
        .extracting(Milestone::name, entry -> entry.facts().get("by"))
        .containsExactly(org.assertj.core.groups.Tuple.tuple("MESSAGE_APPROVED", "ann"));
    assertThat(world.decided()).hasSize(1);
  }

  @Test
  void sendsTheChangedTextAndKeepsWhoChangedWhat() {
    world.start(false);
    world.as("ann");
    change("Back at noon.\u202E\nSorry <b>${7*7}</b> {{title}}", "De retour à midi.");

    assertThat(world.endedAs()).isEqualTo("Message sent");
    Message page = world.outbox.newest(Message.STATUS_PAGE, 1).get(0);
    assertThat(page.ownWords(Locale.ENGLISH))
        .contains("Back at noon.\nSorry <b>${7*7}</b> {{title}}");
    assertThat(page.ownWords(Locale.FRENCH)).contains("De retour à midi.");
    assertThat(world.toldInTheIncident())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.name()).isEqualTo("MESSAGE_CHANGED");
              assertThat(entry.text()).contains("as changed by ann");
              assertThat(entry.facts()).containsEntry("fr", "De retour à midi.");
            });
  }

  @Test
  void refusesAChangeThatIsNone() {
    world.start(false);
    String english = String.valueOf(world.taskVariable("textEn"));
    String french = String.valueOf(world.taskVariable("textFr"));

    assertThatThrownBy(() -> change(english, french))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("no text is changed");
    assertThatThrownBy(() -> change(" \u200b", french)).hasMessageContaining("(textEn) is empty");
    assertThatThrownBy(() -> change("x".repeat(3001), french)).hasMessageContaining("3001");
    assertThat(world.states()).containsExactly("clients DRAFT", "status-page DRAFT");
  }

  @Test
  void sendsNothingThatIsRefusedForAReason() {
    world.start(false);
    world.as("ann");
    assertThatThrownBy(() -> world.say(said("DO_NOT_SEND", " ")))
        .isInstanceOf(FormFieldValidationException.class);
    world.say(said("DO_NOT_SEND", "they know"));

    assertThat(world.endedAs()).isEqualTo("Message not sent");
    assertThat(world.states()).containsExactly("clients REFUSED", "status-page REFUSED");
    assertThat(world.toldInTheIncident())
        .extracting(Milestone::text)
        .allMatch(text -> text.contains("not sent, says ann: they know"));
  }

  @Test
  void remindsTheTeamAndThenCallsTheLead() {
    world.start(false);
    world.due("Event_ReminderDue");
    assertThat(world.calls()).containsExactly("writers draft-waits");
    world.due("Event_AnswerOverdue");

    assertThat(world.calls()).containsExactly("writers draft-waits", "boss draft-unanswered");
    assertThat(world.milestones()).containsExactly("MESSAGE_REMINDER", "MESSAGE_ESCALATION");
    assertThat(world.asks()).isTrue();
  }

  @Test
  void dropsItWhenItsApprovalIsAborted() {
    world.start(false);
    world.abort();

    assertThat(world.endedAs()).isEqualTo("Approval aborted");
    assertThat(world.states()).containsExactly("clients REFUSED", "status-page REFUSED");
  }

  @Test
  void isNotStartedByHandAboutSomethingElse() {
    world.about("INC-1/longer/1/management");
    assertThatThrownBy(() -> world.start(false))
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("no message waits");
    world.about(MessageApprovalWorld.DRAFT);
    assertThatThrownBy(() -> world.start(true)).isInstanceOf(BadUserRequestException.class);
  }
}
