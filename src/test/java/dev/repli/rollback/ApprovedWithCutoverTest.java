package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approval;
import dev.repli.approval.KeptApprovals;
import dev.repli.approval.PreApprovals;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Plan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovedWithCutoverTest {
  private static final RunKey CUTOVER = new RunKey("CUT-1");
  private static final RunKey ROLLBACK = new RunKey("INC-1");
  private static final String SHOWN = "a".repeat(16);

  private final VirtualTime time = new VirtualTime();
  private final Plan plan =
      SamplePlan.of(new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of()));
  private final FixedRuns runs = new FixedRuns();
  private final KeptApprovals approvals = new KeptApprovals();
  private String fingerprint = SHOWN;

  private Optional<Approval> find() {
    PreApprovals given = new PreApprovals(approvals, any -> new Fingerprint(fingerprint), time);
    return new ApprovedWithCutover(() -> runs, given).find(ROLLBACK, plan);
  }

  private void cutover(Optional<String> result) {
    runs.with(CUTOVER, "CutoverProcess", plan.id(), "op1", result);
    approvals.give(
        new Approval(
            CUTOVER,
            PreApprovals.QUESTION,
            "t1-pre",
            "t1-pre",
            "lead1",
            time.instant(),
            Approval.Answer.APPROVE,
            "",
            SHOWN));
  }

  private void rollbackBy(String who) {
    runs.with(ROLLBACK, "RollbackProcess", plan.id(), who, Optional.empty());
  }

  @Test
  void countsForARollbackOfTheCutoverThatIsWatched() {
    cutover(Optional.empty());
    rollbackBy("monitor1");

    assertThat(find()).map(Approval::who).contains("lead1");
  }

  @Test
  void doesNotCountForAnotherPlanOrOtherRunbooks() {
    cutover(Optional.empty());
    rollbackBy("monitor1");
    fingerprint = "b".repeat(16);

    assertThat(find()).isEmpty();
  }

  @Test
  void expiresWithTheRollbackWindow() {
    cutover(Optional.empty());
    rollbackBy("monitor1");
    time.advance(plan.rollbackWindow().minus(Duration.ofSeconds(1)));
    assertThat(find()).isPresent();
    time.advance(Duration.ofSeconds(1));

    assertThat(find()).isEmpty();
  }

  @Test
  void doesNotCountWhenTheApproverIsTheOneWhoAsks() {
    cutover(Optional.empty());
    rollbackBy("lead1");

    assertThat(find()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rollback, REJECT, false",
    "secondRollback, REJECT, false",
    "rollback, APPROVE, true"
  })
  void isWithdrawnByNoToALaterRollback(String question, Approval.Answer answer, boolean counts) {
    cutover(Optional.empty());
    rollbackBy("monitor1");
    answered(ROLLBACK, question, answer);

    assertThat(find().isPresent()).isEqualTo(counts);
  }

  @Test
  void isNotWithdrawnByWhatWasAnsweredBefore() {
    answered(CUTOVER, "rollback", Approval.Answer.REJECT);
    time.advance(Duration.ofMinutes(1));
    cutover(Optional.empty());
    rollbackBy("monitor1");

    assertThat(find()).isPresent();
  }

  private void answered(RunKey run, String question, Approval.Answer answer) {
    approvals.give(
        new Approval(run, question, "t2", "t2", "op2", time.instant(), answer, "", SHOWN));
  }

  @Test
  void endsWithTheCutoverThatItWasGivenFor() {
    cutover(Optional.of("Rolled back"));
    rollbackBy("monitor1");

    assertThat(find()).isEmpty();
  }

  @Test
  void isNotThereWhenTheApproverDidNotTickIt() {
    runs.with(CUTOVER, "CutoverProcess", plan.id(), "op1", Optional.empty());
    rollbackBy("monitor1");

    assertThat(find()).isEmpty();
  }
}
