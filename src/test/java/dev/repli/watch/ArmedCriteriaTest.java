package dev.repli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.CriteriaRules;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a breach starts, and beside what. */
class ArmedCriteriaTest extends WatchedHours {
  @Test
  void aBreachAfterACutoverStartsOneTriage() {
    watchedCutover();
    pass(Duration.ofHours(1));
    assertThat(started.newest(10)).as("normal").isEmpty();

    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(5));
    assertThat(started.newest(10)).as("not for long enough").isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(started.newest(10)).singleElement().extracting(Runs.Run::runbook).isEqualTo(TRIAGE);
    pass(Duration.ofHours(2));
    assertThat(started.newest(10)).as("no second one").hasSize(1);
    assertThat(told("WATCH_REPORTED")).containsExactly("Reported as incident CUT-1-1");
  }

  @Test
  void foldsIntoTheTriageThatIsThereAlready() {
    watchedCutover();
    begins(new RunKey("INC-7"), TRIAGE);
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));

    assertThat(started.newest(10)).isEmpty();
    assertThat(told("WATCH_REPORTED"))
        .containsExactly("Reported as incident CUT-1-1, taken in by triage INC-7");
  }

  @Test
  void asksNobodyBeforeTheWriterMovedNorWhereNumbersArePushed() {
    begins(CUTOVER, "CutoverProcess");
    journal.append(CUTOVER, new Milestone("STEP_BEGUN", "begun", Map.of("step", "switch")));
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(10));
    assertThat(asked).isZero();

    journal.append(CUTOVER, new Milestone("STEP_BEGUN", "begun", Map.of("step", "watch")));
    plan = measuredBy(new CriteriaRules.Pushed());
    pass(Duration.ofMinutes(10));
    assertThat(asked).isZero();
    assertThat(told("WATCH_CRITERIA")).isEmpty();
  }

  @Test
  void whileARollbackWorksItsNumbersAreNoIncident() {
    watchedCutover();
    begins(new RunKey("back-1"), "RollbackProcess");
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(10));

    assertThat(started.newest(10)).isEmpty();
    assertThat(told("WATCH_REPORT_REFUSED")).isEmpty();
  }

  @Test
  void keepsTheClocksRunningForTheWatchAfterARollback() {
    begins(new RunKey("back-1-watch"), "RollbackWatchProcess");
    pass(Duration.ofMinutes(5));

    assertThat(asked).as("every 30 s").isEqualTo(10);
    assertThat(started.newest(10)).as("its own rounds report").isEmpty();
  }

  @Test
  void aProofOfABackupBesideItHidesNothing() {
    watchedCutover();
    begins(new RunKey("proof-1"), "BackupRehearsalProcess");
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));

    assertThat(told("WATCH_REPORTED")).hasSize(1);
  }

  @Test
  void aWorseVerdictIsReportedAnewOnceTheTriageHasEnded() {
    watchedCutover();
    errors = Optional.of(0.1);
    pass(Duration.ofMinutes(12));
    assertThat(told("WATCH_REPORTED")).as("recommended").hasSize(1);
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(10));
    assertThat(told("WATCH_REPORTED")).as("the triage sees it itself").hasSize(1);

    started.end(new RunKey("CUT-1-1"), "Fix in office hours");
    pass(Duration.ofMinutes(2));
    assertThat(told("WATCH_REPORTED")).hasSize(2).last().isEqualTo("Reported as incident CUT-1-2");
    started.end(new RunKey("CUT-1-2"), "Fix in office hours");
    pass(Duration.ofHours(1));
    assertThat(told("WATCH_REPORTED")).as("no worse").hasSize(2);
  }

  @Test
  void manyLaterRunsDoNotDisarm() {
    watchedCutover();
    for (int later = 0; later < 30; later++) {
      begins(new RunKey("message-" + later), "MessageApprovalProcess");
    }
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));

    assertThat(told("WATCH_REPORTED")).hasSize(1);
  }
}
