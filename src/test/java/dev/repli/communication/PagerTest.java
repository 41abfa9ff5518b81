package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pager keeps a page open for each run until it hears that this run is over. */
class PagerTest {
  private static final RunKey OTHER = new RunKey("inc-2");
  private final MessageWorld world =
      new MessageWorld(
          rules("", channel("pager", CommunicationRules.Type.PAGERDUTY, Audience.MANAGEMENT)));

  /** Run and whether it is over, of each text that the pager got. */
  private List<String> events() {
    return world.texts.stream().map(text -> text.page() + " " + text.resolves()).toList();
  }

  private void startOther() {
    world.runs.start(
        new Runs.Request(OTHER, "RollbackProcess", new PlanId("shop"), "ann", false, Map.of()));
    world.journal.append(
        OTHER, new Milestone("ANNOUNCED", "text", Map.of("message", "rollback-running")));
  }

  @Test
  void closesThePageOfAnIncidentThatWasRolledBack() {
    world.start("IncidentTriageProcess", false, Map.of("reportHash", "1"));
    world.tick();
    world.runs.end(MessageWorld.RUN, "Rolled back to source");
    world.tick();
    world.tick();

    assertThat(events()).containsExactly("inc-1 false", "inc-1 true");
  }

  @Test
  void keepsThePagesOfSeveralRunsApartHoweverLateTheyGoOut() {
    world.answers.put("pager", new Result.TryLater("it answers 503", Optional.empty()));
    world.start("RollbackProcess", false, Map.of());
    world.announce("rollback-running");
    world.runs.end(MessageWorld.RUN, "Rolled back to source");
    startOther();
    world.tick();
    world.announce("rollback-done");
    world.tick();
    world.answers.clear();
    world.texts.clear();

    world.clock.pass(Duration.ofMinutes(1));
    world.postman.tick();
    world.postman.tick();
    world.postman.tick();

    assertThat(events()).containsExactly("inc-1 true", "inc-2 false");
    assertThat(world.outbox.newest("pager", 9))
        .allMatch(message -> message.state() == Message.State.SENT);
  }

  @Test
  void doesNotHideInAnOpenPageThatNewsIsMissing() {
    MessageWorld dead =
        new MessageWorld(
            rules(
                "",
                channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
                channel("on-call", CommunicationRules.Type.PAGERDUTY, Audience.LEAD)));
    dead.answers.put("war-room", new Result.TryLater("it answers 500", Optional.empty()));
    dead.start("RollbackProcess", false, Map.of());
    dead.announce("rollback-running");
    dead.tick();
    dead.clock.pass(Cadence.GRACE.plusSeconds(1));
    dead.tick();

    assertThat(dead.texts)
        .filteredOn(text -> text.moment().equals("silence"))
        .extracting(Delivery.Text::page)
        .containsExactly("inc-1/silence");
  }

  /** Texts of the pages that call for an answer, and of their ends. */
  private List<String> calls() {
    return world.texts.stream()
        .filter(text -> text.moment().startsWith("answer"))
        .map(text -> text.moment() + " " + text.page() + " " + text.resolves())
        .toList();
  }

  private void ask(String moment) {
    world.announce(moment);
    world.tick();
    world.clock.pass(Duration.ofMinutes(2));
  }

  @Test
  void closesEachPageThatCalledForAnAnswerOnceItIsThere() {
    world.start("IncidentTriageProcess", false, Map.of());
    ask("answer-needed");
    ask("answer-needed");
    List<String> opened = world.texts.stream().map(Delivery.Text::page).distinct().toList();
    assertThat(opened).hasSize(2).doesNotContain("inc-1");

    world.note("DECISION_TAKEN", "decided", Map.of("by", "ann"));
    for (int round = 0; round < 3; round++) {
      world.tick();
    }
    ask("answer-needed");

    assertThat(calls())
        .contains("answered " + opened.get(0) + " true", "answered " + opened.get(1) + " true")
        .hasSize(5);
    assertThat(calls().get(4)).as("asked anew").startsWith("answer-needed ").endsWith(" false");
  }

  @Test
  void closesWhatCalledForAnAnswerWhenTheRunEndsWithoutOne() {
    world.start("IncidentTriageProcess", false, Map.of());
    ask("answer-needed");

    world.runs.end(MessageWorld.RUN, "Aborted");
    for (int round = 0; round < 3; round++) {
      world.tick();
    }

    assertThat(calls()).hasSize(2);
    assertThat(calls().get(1)).startsWith("answered ").endsWith(" true");
  }

  @Test
  void managementIsNotToldThatNobodyHasAnsweredYetAndLeadIs() {
    MessageWorld both =
        new MessageWorld(
            rules(
                "",
                channel("heads", CommunicationRules.Type.MAIL, Audience.MANAGEMENT),
                channel("on-call", CommunicationRules.Type.PAGERDUTY, Audience.LEAD)));
    both.start("IncidentTriageProcess", false, Map.of());
    both.announceAndDeliver("answer-needed");
    both.announceAndDeliver("answer-still-needed");

    assertThat(both.kept())
        .containsExactlyInAnyOrder(
            "heads answer-needed SENT",
            "on-call answer-needed SENT",
            "on-call answer-still-needed SENT");
  }

  @Test
  void aReminderReachesManagementWhereNobodyElseHasAChannel() {
    world.start("IncidentTriageProcess", false, Map.of());
    world.announceAndDeliver("answer-still-needed");

    assertThat(world.kept()).containsExactly("pager answer-still-needed SENT");
  }

  @Test
  void waitsWithTheOtherPagesAsLongAsThePagerAsks() {
    world.answers.put(
        "pager", new Result.TryLater("it answers 429", Optional.of(Duration.ofMinutes(2))));
    world.start("RollbackProcess", false, Map.of());
    world.announce("rollback-running");
    startOther();
    world.tick();
    world.clock.pass(Duration.ofSeconds(119));
    world.tick();

    assertThat(events()).containsExactly("inc-1 false");
  }
}
