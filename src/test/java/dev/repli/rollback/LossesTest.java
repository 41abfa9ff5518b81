package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.SwitchMilestones;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final RunKey RUN = new RunKey("INC-1");
  private final InMemoryJournal journal = new InMemoryJournal();

  private Map<String, String> facts() {
    return new Losses(journal).facts(RUN);
  }

  private void carried(String abandoned, String deadLettered) {
    journal.append(
        RUN,
        new Milestone(
            "DELTA_CARRIED",
            "The delta",
            Map.of("abandoned", abandoned, "deadLettered", deadLettered)));
  }

  @Test
  void countsWhatADeltaLeftBehind() {
    assertThat(facts()).containsOnlyKeys("lossUnknown");
    carried("0", "0");
    assertThat(facts()).containsOnlyKeys("nothingLost");
    carried("2", "1");
    assertThat(facts()).containsExactly(Map.entry("rowsLost", "3"));
  }

  @Test
  void knowsHowLongNobodyCouldWriteWithoutALedger() {
    journal.append(
        RUN, new Milestone("IN_PLACE_WRITES_AGAIN", "at most", Map.of("outageMs", "754000")));
    assertThat(facts()).containsEntry("outageMs", "754000");
  }

  @Test
  void countsWhatAStreamLeftOut() {
    journal.append(
        RUN,
        new Milestone(
            SwitchMilestones.STREAM_LEFT_OUT,
            "The stream",
            Map.of("abandoned", "4", "deadLettered", "1")));
    assertThat(facts()).containsExactly(Map.entry("rowsLost", "5"));
  }

  @Test
  void doesNotKnowWhatAnIncompleteDeltaLeftBehind() {
    journal.append(RUN, new Milestone("DELTA_INCOMPLETE", "deletes are missing", Map.of()));
    carried("0", "0");
    assertThat(facts()).containsOnlyKeys("lossUnknown");
  }
}
