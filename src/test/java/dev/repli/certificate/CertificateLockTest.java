package dev.repli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Question;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateLockTest {
  private static final RunKey RUN = new RunKey("CUT-1");
  private final VirtualTime time = new VirtualTime();
  private final Journal journal = new InMemoryJournal(time);
  private final Plan plan =
      SamplePlan.of(new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of()));
  private final CertificateLock lock = new CertificateLock(journal, time);

  private Optional<String> closed(String question) {
    return lock.closed(
        RUN, new Question(question, plan, "op1", "f", time.instant(), false, Optional.empty()), "");
  }

  private void proved(String name, String planHash) {
    journal.append(
        RUN, new Milestone(name, "retention is bad", Map.of(ProveWayBack.PLAN_HASH, planHash)));
  }

  @Test
  void staysClosedUntilTheWayBackIsProved() {
    assertThat(closed("cutover")).hasValueSatisfying(why -> assertThat(why).contains("not proved"));
    proved(ProveWayBack.GREEN, plan.contentHash());
    assertThat(closed("cutover")).isEmpty();
  }

  @Test
  void closesAgainWhenANewerProofIsRed() {
    proved(ProveWayBack.GREEN, plan.contentHash());
    proved(ProveWayBack.RED, plan.contentHash());

    assertThat(closed("cutover"))
        .hasValueSatisfying(why -> assertThat(why).contains("retention is bad"));
  }

  @Test
  void closesWhenTheProofIsTooOld() {
    proved(ProveWayBack.GREEN, plan.contentHash());
    time.advance(Duration.ofMinutes(11));

    assertThat(closed("cutover")).hasValueSatisfying(why -> assertThat(why).contains("11 min old"));
  }

  @Test
  void closesWhenTheProofIsOfAnotherPlan() {
    proved(ProveWayBack.GREEN, "1".repeat(64));

    assertThat(closed("cutover"))
        .hasValueSatisfying(why -> assertThat(why).contains("another version of the plan"));
  }

  @Test
  void leavesOtherQuestionsAlone() {
    assertThat(closed("rollback")).isEmpty();
  }
}
