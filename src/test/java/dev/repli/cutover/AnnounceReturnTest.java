package dev.repli.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.LedgerSigned;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Ledger;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnounceReturnTest {
  private static final RunKey RUN = new RunKey("CUT-1");

  private final VirtualTime time = new VirtualTime();
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final AnnounceReturn announce = new AnnounceReturn(journal, time);
  private final Plan plan =
      SamplePlan.of(new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of()));

  private void sign(long acknowledged) {
    journal.append(
        RUN,
        new LedgerSigned(
            new Ledger(
                "there",
                true,
                Optional.of(Duration.ofMillis(900)),
                acknowledged,
                0,
                0,
                0,
                List.of(),
                List.of(),
                "0-1-2",
                List.of())));
  }

  private List<Map<String, String>> said() {
    return journal.read(RUN).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(entry -> ((Milestone) entry).facts())
        .filter(facts -> facts.getOrDefault("message", "").startsWith("rollback-"))
        .toList();
  }

  @Test
  void saysWhyAndWhatTheWayBackCostSinceItBegan() {
    journal.append(RUN, new Milestone("RUN_REQUESTED", "asked", Map.of("summary", "to 11.4")));
    sign(7);
    journal.append(RUN, new Decided("ann", "watch", "GO_BACK", "customers complain", ""));
    time.advance(Duration.ofHours(20));
    announce.begin(RUN, plan);
    time.advance(Duration.ofMinutes(2));
    sign(8);
    announce.close(RUN, plan);

    assertThat(said())
        .extracting(facts -> facts.get("message"))
        .containsExactly("rollback-running", "rollback-done");
    assertThat(said())
        .allSatisfy(facts -> assertThat(facts).containsEntry("reason", "customers complain"));
    assertThat(said().get(1))
        .containsEntry("nothingLost", "yes")
        .containsEntry("acknowledged", "8")
        .containsEntry("tookMs", "120000");
  }

  @Test
  void saysEachOnceWhenTheStepIsRepeated() {
    announce.begin(RUN, plan);
    announce.begin(RUN, plan);
    announce.close(RUN, plan);
    announce.close(RUN, plan);

    assertThat(said())
        .extracting(facts -> facts.get("message"))
        .containsExactly("rollback-running", "rollback-done");
  }

  /** Somebody else moved the writer back: nothing measured what that cost. */
  @Test
  void takesTheLedgerOfTheCutoverForNoProofOfTheWayBack() {
    sign(7);
    announce.begin(RUN, plan);
    announce.close(RUN, plan);

    assertThat(said().get(1))
        .containsEntry("lossUnknown", "yes")
        .doesNotContainKeys("nothingLost", "acknowledged", "outageMs");
  }
}
