package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.conflict.Answer;
import dev.repli.delta.conflict.Decision;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.imports.ImportId;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskAboutHeldTest {
  private static final RunKey FIRST = new RunKey("stream-shop-conflicts-1");
  private final KnownPlans plans = new KnownPlans("shop");
  private final InMemoryJournal journal = new InMemoryJournal();
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final OneStream streams = new OneStream();
  private FakeConflicts held = FakeConflicts.of(2);

  private void tick() {
    new AskAboutHeld(streams, held, plans, runs, journal).tick();
  }

  private List<Run> asking() {
    return runs.newest(OneStream.PLAN, 9);
  }

  private List<Milestone> told(RunKey run) {
    return journal.read(run).stream()
        .map(entry -> (Milestone) entry.evidence())
        .filter(told -> told.name().equals(AskAboutHeld.HELD))
        .toList();
  }

  private void decide(long group) {
    held.decided(
        new ImportId("stream-1"),
        new Decision(group, group, Answer.TAKE_TARGET, "op1", "", Instant.EPOCH));
  }

  @Test
  void asksOnceHoweverManyRowsAreHeldAndTellsPeopleOnce() {
    streams.is("node-1", Instant.MAX);
    tick();
    tick();

    assertThat(asking()).extracting(Run::key).containsExactly(FIRST);
    assertThat(asking()).extracting(Run::runbook).containsExactly("DeltaConflictsProcess");
    assertThat(told(FIRST)).hasSize(1);
    assertThat(told(FIRST).get(0).facts()).containsEntry("message", "changes-held");
    assertThat(told(FIRST).get(0).text())
        .contains("2 changes (app.things 2)", "closed until", FIRST.value());
    assertThat(journal.read(new RunKey("reverse-stream-shop")).toString())
        .containsOnlyOnce("STREAM_HOLDS");
  }

  @Test
  void handsOverTheImportAndThePlanThatItKnows() {
    streams.is("node-1", Instant.MAX);
    tick();

    assertThat(journal.newestMilestone(FIRST, "RUN_REQUESTED").orElseThrow().evidence())
        .satisfies(
            asked ->
                assertThat(((Milestone) asked).facts())
                    .containsEntry("importId", "stream-1")
                    .containsEntry(
                        "planHash", plans.find(OneStream.PLAN).orElseThrow().contentHash()));
  }

  @Test
  void asksNobodyWhileNothingIsHeldOrTheStreamIsStopped() {
    tick();
    streams.is("node-1", Instant.MAX);
    streams.stop(OneStream.PLAN);
    tick();
    held = FakeConflicts.of(1);
    decide(1);
    streams.is("node-1", Instant.MAX);
    tick();

    assertThat(asking()).isEmpty();
  }

  @Test
  void asksAgainWhenSomethingIsHeldAfterAllWasDecided() {
    streams.is("node-1", Instant.MAX);
    tick();
    decide(1);
    decide(2);
    runs.end(FIRST, "All conflicts decided");
    tick();
    assertThat(asking()).hasSize(1);

    held = FakeConflicts.of(3);
    tick();

    assertThat(asking())
        .extracting(run -> run.key().value())
        .containsExactly("stream-shop-conflicts-2", FIRST.value());
  }

  @Test
  void tellsPeopleAlsoWhenRepliEndedBehindTheStart() {
    streams.is("node-1", Instant.MAX);
    var unused =
        runs.start(
            new Runs.Request(
                FIRST,
                AskAboutHeld.RUNBOOK,
                OneStream.PLAN,
                "repli",
                false,
                Map.of("importId", "stream-1")));
    tick();

    assertThat(asking()).hasSize(1);
    assertThat(told(FIRST)).hasSize(1);
  }

  @Test
  void asksAlsoWhileAnotherRunHasThePlan() {
    streams.is("node-1", Instant.MAX);
    var unused =
        runs.start(
            new Runs.Request(
                new RunKey("rollback-1"),
                "RollbackProcess",
                OneStream.PLAN,
                "op1",
                false,
                Map.of()));
    tick();

    assertThat(asking()).extracting(Run::key).contains(FIRST);
  }
}
