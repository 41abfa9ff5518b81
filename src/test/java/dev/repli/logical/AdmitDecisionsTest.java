package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.VirtualTime;
import dev.repli.delta.conflict.ConflictCase;
import dev.repli.delta.conflict.ConflictCases;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.imports.ImportId;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmitDecisionsTest {
  private static final RunKey RUN = new RunKey("stream-shop-conflicts-1");
  private final FakeDatabase database =
      new FakeDatabase(new VirtualTime(), FakeDatabase.mySqlSource(), FakeDatabase.mariaDbTarget());
  private final Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final InMemoryJournal journal = new InMemoryJournal();
  private final FakeConflicts cases = FakeConflicts.of(1);

  @BeforeEach
  void restarted() {
    database.writerIs(Node.Role.TARGET);
    database.source().answer(AdmitImports.CLOSED, "1");
    followNobody();
    cases.open(
        new ConflictCases.Known(new ImportId("stream-1"), RUN, plan.id(), plan.contentHash()));
  }

  /** A MySQL does not replicate from a MariaDB: Repli's own stream does that. */
  private void followNobody() {
    try (NodeSession source =
        database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE)) {
      source.stopReplication();
      source.resetReplication();
    }
  }

  private void admit(List<Plan> plans, Optional<String> result) {
    FixedRuns runs = new FixedRuns();
    runs.with(RUN, "DeltaConflictsProcess", plan.id(), "repli", result);
    Databases databases = new Databases(List.of(database, database.asMySql()));
    new AdmitDecisions(databases, cases, book(plans), () -> runs, journal)
        .to(
            new ConflictCase(
                new ImportId("stream-1"), RUN, plan.source(), plan.source().account()));
  }

  private static Plans book(List<Plan> plans) {
    return new Plans() {
      @Override
      public List<Plan> all() {
        return plans;
      }

      @Override
      public Optional<Plan> find(PlanId id) {
        return plans.stream().filter(plan -> plan.id().equals(id)).findFirst();
      }
    };
  }

  private void refused(List<Plan> plans, Optional<String> result, String why) {
    assertThatThrownBy(() -> admit(plans, result))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Nothing was decided")
        .hasMessageContaining("SET GLOBAL super_read_only = OFF");
    assertThat(isAdmitted()).isFalse();
    assertThat(journal.newestMilestone(RUN, StreamLeftBehind.ADMITTED)).isEmpty();
  }

  private boolean isAdmitted() {
    try (NodeSession source =
        database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE)) {
      return !AdmitImports.needed(source);
    }
  }

  @Test
  void opensTheSourceForImportsAndSaysSo() {
    admit(List.of(plan), Optional.empty());

    assertThat(isAdmitted()).isTrue();
    assertThat(journal.read(RUN)).singleElement().asString().contains("read_only stays on");
    admit(List.of(plan), Optional.empty());
    assertThat(journal.read(RUN)).as("nothing was in the way").hasSize(1);
  }

  @Test
  void leavesAFenceAloneThatStandsInNobodysWay() {
    database.source().answer(AdmitImports.CLOSED, "0");
    admit(List.of(), Optional.of("All conflicts decided"));
    assertThat(journal.read(RUN)).isEmpty();
  }

  @Test
  void leavesItInsideASwitchAndWhenTheSourceIsToBeTheWriter() {
    database.target().readOnly(true);
    refused(List.of(plan), Optional.empty(), "is not the writer now");
  }

  @Test
  void leavesItWhenNobodyCanSayWhoIsTheWriter() {
    database.target().crash();
    refused(List.of(plan), Optional.empty(), "nobody can say whether");
  }

  @Test
  void leavesANodeThatIsOfNoPlanAnyMore() {
    refused(List.of(), Optional.empty(), "not the source of the run's plan any more");
  }

  /** After the next cutover: the row would be on no other node, and the writer without it. */
  @Test
  void letsNothingIntoANodeThatReplicatesFromTheWriter() {
    FakeDatabase mariaDb = new FakeDatabase(new VirtualTime());
    mariaDb.writerIs(Node.Role.TARGET);
    Plan both = SamplePlan.of(mariaDb, List.of(), new Checks(List.of(), List.of(), List.of()));
    ConflictCase about =
        new ConflictCase(new ImportId("rollback-1"), RUN, both.source(), both.source().account());
    AdmitDecisions admission =
        new AdmitDecisions(
            new Databases(List.of(mariaDb)),
            cases,
            book(List.of(both)),
            () -> new FixedRuns(),
            journal);

    assertThatThrownBy(() -> admission.to(about))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("replicates from")
        .hasMessageContaining("Nothing was decided");
    mariaDb.writerIs(Node.Role.SOURCE);
    admission.to(about);
    mariaDb.source().readOnly(true);
    admission.to(about);
    assertThat(journal.read(RUN)).isEmpty();
  }

  @Test
  void leavesItWhenTheRunIsOver() {
    refused(List.of(plan), Optional.of("Rollback aborted"), "run " + RUN + " is over");
  }
}
