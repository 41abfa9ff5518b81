package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.VirtualTime;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.stream.OneStream;
import dev.repli.delta.stream.OrderStream;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.JournalEntry;
import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.runbook.PlanVersions;
import dev.repli.writerswitch.SwitchMilestones;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceLeftBehindTest {
  private static final RunKey RUN = new RunKey("INC-1");
  private static final RunKey LATER = new RunKey("INC-2");
  private static final String ABORTED = "Rollback aborted";
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private final InMemoryJournal journal = new InMemoryJournal();
  private final InMemoryWorkRecords works = new InMemoryWorkRecords();
  private final FixedRuns runs = new FixedRuns();
  private final PlanVersions plans = new PlanVersions();
  private final Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final CarriedJournal carried = new CarriedJournal(journal, time);
  private final CutoverMark mark = new CutoverMark(() -> runs, journal);
  private final EarlierImports imports = new EarlierImports(mark, carried);
  private final OneStream streams = new OneStream();
  private final OrderStream order =
      new OrderStream(streams, FakeConflicts.of(0), any -> List.of(), journal, time);
  private final SourceLeftBehind left =
      new SourceLeftBehind(
          plans,
          () -> runs,
          journal,
          works,
          any -> source(),
          mark,
          imports,
          new StreamLeftBehind(journal, order, imports),
          time);

  private NodeSession source() {
    return database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE);
  }

  private boolean replicates() {
    try (NodeSession source = source()) {
      return source.replication().applying();
    }
  }

  @BeforeEach
  void stopAsARollbackDoes() {
    plans.add(plan);
    database.writerIs(Node.Role.TARGET);
    assertThat(replicates()).isTrue();
    try (NodeSession source = source()) {
      carried.replicationStopped(RUN, source.node());
      source.stopReplication();
    }
    assertThat(replicates()).isFalse();
  }

  private void imported(String keepsGtids) {
    imported(RUN, "0|0|" + keepsGtids + "|MARIADB_GTID|0-2-77");
  }

  private void imported(RunKey run, String row) {
    database
        .source()
        .answer(
            "SELECT COUNT(*) FROM information_schema.tables"
                + " WHERE table_schema = 'repli_probe' AND table_name = 'delta_import'",
            "1")
        .answer(EarlierImports.question(DeltaChoice.importOf(run)), row);
  }

  private void ended(RunKey run, Optional<String> result) {
    runs.with(run, "RollbackProcess", plan.id(), "op1", result);
  }

  private Optional<Milestone> said(String name) {
    return said(RUN, name);
  }

  private Optional<Milestone> said(RunKey run, String name) {
    return journal
        .newestMilestone(run, name)
        .map(JournalEntry::evidence)
        .map(Milestone.class::cast);
  }

  @Test
  void startsReplicationAgainWhereNothingWasImported() {
    ended(RUN, Optional.of(ABORTED));
    left.tick();
    assertThat(replicates()).isTrue();
    assertThat(said(SourceLeftBehind.STARTED)).isPresent();
    left.tick();
    assertThat(journal.read(RUN).stream().filter(entry -> isStarted(entry)).count()).isEqualTo(1);
  }

  private static boolean isStarted(JournalEntry entry) {
    return entry.evidence() instanceof Milestone milestone
        && milestone.name().equals(SourceLeftBehind.STARTED);
  }

  /** It was only asleep, and would commit beside the replication that is started here. */
  @Test
  void letsAnImportThatGaveNoSignOfLifeCommitNothingMore() {
    long token = works.begin(RUN, "import", "a", time.instant());
    ended(RUN, Optional.of(ABORTED));
    left.tick();
    assertThat(replicates()).isFalse();

    time.advance(Duration.ofMinutes(2));
    left.tick();

    assertThat(replicates()).isTrue();
    assertThat(works.isOf(RUN, "import", token)).isFalse();
  }

  @Test
  void saysWhatMendsASourceThatWasImportedInto() {
    imported("1");
    ended(RUN, Optional.of(ABORTED));
    left.tick();
    assertThat(replicates()).isFalse();
    Milestone told = said(SourceLeftBehind.LEFT).orElseThrow();
    assertThat(told.text()).contains("STOP SLAVE; SET GLOBAL gtid_slave_pos = '0-2-77'");
    assertThat(told.facts()).containsEntry("message", "step-stands");
  }

  @Test
  void saysToCopyASourceAnewWhoseIdsAreItsOwn() {
    imported("0");
    ended(RUN, Optional.of(ABORTED));
    left.tick();
    assertThat(said(SourceLeftBehind.LEFT).orElseThrow().text())
        .contains("Do not start replication")
        .contains("0-2-77");
  }

  @Test
  void saysAgainWhatMendsItWhenALaterRunImportedMore() {
    imported("1");
    ended(RUN, Optional.of(ABORTED));
    left.tick();
    imported(LATER, "0|0|1|MARIADB_GTID|0-2-99");
    ended(LATER, Optional.of(ABORTED));
    left.tick();
    left.tick();

    assertThat(said(LATER, SourceLeftBehind.LEFT).orElseThrow().text())
        .contains("SET GLOBAL gtid_slave_pos = '0-2-99'");
    assertThat(replicates()).isFalse();
    assertThat(told(RUN) + told(LATER)).isEqualTo(2);
  }

  @Test
  void saysToCopyTheSourceWhenAnEarlierRunLeftSomethingOut() {
    imported(RUN, "3|0|1|MARIADB_GTID|0-2-77");
    imported(LATER, "0|0|1|MARIADB_GTID|0-2-99");
    ended(RUN, Optional.of(ABORTED));
    ended(LATER, Optional.of(ABORTED));
    left.tick();

    assertThat(said(LATER, SourceLeftBehind.LEFT).orElseThrow().text())
        .contains("Do not start replication");
  }

  @Test
  void seesToWhatAnEarlierRunStoppedWhenALaterOneIsCancelled() {
    ended(RUN, Optional.of(ABORTED));
    ended(LATER, Optional.of(ABORTED));
    left.tick();
    assertThat(replicates()).isTrue();
    assertThat(said(LATER, SourceLeftBehind.STARTED)).isPresent();
  }

  @Test
  void tellsOfAnEarlierRunsImportWhenALaterOneIsCancelledButNotTwice() {
    imported("1");
    ended(RUN, Optional.of(ABORTED));
    ended(LATER, Optional.of(ABORTED));
    left.tick();
    assertThat(said(LATER, SourceLeftBehind.LEFT).orElseThrow().text()).contains("0-2-77");

    ended(new RunKey("INC-3"), Optional.of(ABORTED));
    left.tick();
    assertThat(said(new RunKey("INC-3"), SourceLeftBehind.LEFT)).isEmpty();
    assertThat(replicates()).isFalse();
  }

  private long told(RunKey run) {
    return journal.read(run).stream()
        .filter(
            entry ->
                entry.evidence() instanceof Milestone milestone
                    && milestone.name().equals(SourceLeftBehind.LEFT))
        .count();
  }

  @Test
  void leavesARunThatGoesOnAndAnImportThatIsInItsLastTransaction() {
    ended(RUN, Optional.empty());
    left.tick();
    assertThat(replicates()).isFalse();

    FixedRuns over = runs.with(RUN, "RollbackProcess", plan.id(), "op1", Optional.of(ABORTED));
    assertThat(over.newest(1).get(0).endedAt()).isPresent();
    long token = works.begin(RUN, "carryDeltaWork", "node", time.instant());
    assertThat(token).isPositive();
    left.tick();
    assertThat(replicates()).isFalse();
    time.advance(Duration.ofMinutes(2));
    left.tick();
    assertThat(replicates()).isTrue();
  }

  @Test
  void leavesASourceThatALaterRunOrTheWriterHas() {
    ended(RUN, Optional.of(ABORTED));
    ended(new RunKey("INC-2"), Optional.empty());
    left.tick();
    assertThat(replicates()).isFalse();
  }

  @Test
  void leavesASourceThatWasTheWriterMeanwhile() {
    ended(RUN, Optional.of("Rolled back to source"));
    journal.append(RUN, new Milestone(SwitchMilestones.POINT_OF_NO_RETURN, "passed", Map.of()));
    left.tick();
    assertThat(replicates()).isFalse();
    assertThat(said(SourceLeftBehind.LEFT)).isEmpty();
  }

  @Test
  void triesAgainWhenTheSourceDoesNotAnswer() {
    ended(RUN, Optional.of(ABORTED));
    SourceLeftBehind deaf =
        new SourceLeftBehind(
            plans,
            () -> runs,
            journal,
            works,
            any -> {
              throw new IllegalStateException("no answer");
            },
            mark,
            imports,
            new StreamLeftBehind(journal, order, imports),
            time);
    deaf.tick();
    assertThat(said(SourceLeftBehind.STARTED)).isEmpty();
    left.tick();
    assertThat(replicates()).isTrue();
  }
}
