package dev.repli.communication;

import static dev.repli.communication.MessageWorld.RUN;
import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Matrix.Means;
import dev.repli.communication.Matrix.Rule;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment.Phase;
import dev.repli.communication.Moment.Weight;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.run.Runs.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What waits for the communication team, when, and that it is asked for once. */
class DraftTest {
  private static final CommunicationRules RULES =
      rules(
          "Online shop",
          channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
          channel("customers", CommunicationRules.Type.WEBHOOK, Audience.USERS),
          channel("writers", CommunicationRules.Type.SLACK, Audience.COMMUNICATION));

  private MessageWorld world = new MessageWorld(RULES);

  /** A table in which every message to users has to be approved. */
  private static final class Approved implements Matrix {
    private final Matrix table = new TableMatrix();

    @Override
    public List<Rule> rules(Phase phase, Audience audience) {
      Rule draft = new Rule(Means.DRAFT, Weight.END, Optional.empty());
      return Stream.concat(
              table.rules(phase, audience).stream(),
              audience == Audience.USERS ? Stream.of(draft) : Stream.of())
          .toList();
    }
  }

  private void begin() {
    world.start("RollbackProcess", false, Map.of());
    world.announce("rollback-running");
    world.tick();
  }

  private List<String> longer() {
    return world.kept().stream().filter(kept -> kept.contains("takes-longer")).toList();
  }

  private List<Run> approvals() {
    return world.runs.newest(10).stream()
        .filter(run -> run.runbook().equals("MessageApprovalProcess"))
        .toList();
  }

  private List<String> ofUsers() {
    return world.kept().stream().filter(kept -> !kept.startsWith("war-room")).toList();
  }

  @Test
  void draftsNothingBeforeTheHourIsOver() {
    begin();
    world.clock.pass(Duration.ofMinutes(59));
    world.tick();
    assertThat(longer()).isEmpty();

    world.clock.pass(Duration.ofMinutes(1));
    world.tick();
    world.tick();
    assertThat(longer())
        .containsExactly("customers takes-longer DRAFT", "status-page takes-longer DRAFT");
    assertThat(approvals()).hasSize(1);
    assertThat(world.handedOver).noneMatch(text -> text.contains("takes-longer"));
  }

  @Test
  void tellsTheTeamOnceThatAMessageWaits() {
    begin();
    world.clock.pass(Duration.ofHours(1));
    world.tick();
    world.tick();

    assertThat(world.handedOver)
        .filteredOn(text -> text.startsWith("writers draft-waits"))
        .hasSize(1);
  }

  @Test
  void doesNotDraftForAnIncidentThatIsOver() {
    begin();
    world.announce("rollback-done");
    world.tick();
    world.clock.pass(Duration.ofHours(2));
    world.tick();

    assertThat(longer()).isEmpty();
    assertThat(approvals()).isEmpty();
  }

  @Test
  void withdrawsTheDraftWhenTheWorkEnds() {
    begin();
    world.clock.pass(Duration.ofHours(1));
    world.tick();
    world.announce("rollback-done");
    world.tick();

    assertThat(approvals())
        .first()
        .extracting(Run::result)
        .isEqualTo(Optional.of("Rollback aborted"));
  }

  @Test
  void neverSendsWhatNobodyCanApproveAnyMore() {
    begin();
    world.clock.pass(Duration.ofHours(1));
    world.tick();
    world.runs.end(approvals().get(0).key(), "Deleted");
    world.tick();

    assertThat(longer())
        .containsExactly("customers takes-longer REFUSED", "status-page takes-longer REFUSED");
  }

  @Test
  void waitsWithEveryMessageOfARowThatIsADraft() {
    world = new MessageWorld(RULES, new Approved());
    begin();

    assertThat(ofUsers())
        .containsExactly("customers rollback-running DRAFT", "status-page rollback-running DRAFT");
    assertThat(approvals()).hasSize(1);
    assertThat(world.handedOver).noneMatch(text -> text.startsWith("customers"));
  }

  @Test
  void doesNotSayThatItGoesOnBeforeTheBeginIsApproved() {
    world = new MessageWorld(RULES, new Approved());
    begin();
    world.clock.pass(Duration.ofMinutes(20));
    world.tick();
    assertThat(ofUsers()).noneMatch(kept -> kept.contains("progress"));

    world.drafts.send(world.drafts.waiting(), Map.of(), world.clock.instant());
    world.tick();
    assertThat(ofUsers()).contains("status-page progress SENT", "customers rollback-running SENT");
  }

  /** A begin that was refused was not told: the page goes on as before. */
  @Test
  void showsNothingOnThePageThatWasRefused() {
    world = new MessageWorld(RULES, new Approved());
    begin();
    world.drafts.refuse(world.drafts.waiting(), world.clock.instant(), "not sent, says ann");

    assertThat(world.outbox.turning(world.plans.all().get(0).id())).isEmpty();
    assertThat(world.outbox.ofRun(RUN.value()))
        .filteredOn(message -> message.audience() == Audience.USERS)
        .extracting(Message::state)
        .containsOnly(State.REFUSED);
  }

  /** The approval has its own reminders. */
  @Test
  void callsNobodyAsIfADraftWereLost() {
    world = new MessageWorld(RULES, new Approved());
    begin();
    world.clock.pass(Duration.ofMinutes(8));
    world.tick();

    assertThat(world.kept()).noneMatch(kept -> kept.contains("silence"));
  }
}
