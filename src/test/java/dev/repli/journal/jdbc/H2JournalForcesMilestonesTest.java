package dev.repli.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2JournalForcesMilestonesTest {
  private static final RunKey RUN = new RunKey("incident-4711");
  private JournalDatabase database;

  @BeforeEach
  void open(@TempDir Path folder) {
    ForceCounting.register();
    String url = "jdbc:h2:counting:" + folder.resolve("repli") + ";WRITE_DELAY=0";
    database = JournalDatabase.open(url, "repli", "", "h2");
    append("STARTED");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void append(String name) {
    Journal journal = database.journal();
    journal.append(RUN, new Evidence.Milestone(name, "", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SWITCH_ARMED", "POINT_OF_NO_RETURN", "SWITCH_ENDED", "ABORT_REQUESTED"})
  void forcesWhatASuccessorReliesOnToTheDisk(String name) {
    int before = ForceCounting.forced();
    append(name);
    assertThat(ForceCounting.forced()).isGreaterThan(before);
  }

  @Test
  void doesNotSpendTheTimeOnAnythingElse() {
    int before = ForceCounting.forced();
    append("HELD");
    assertThat(ForceCounting.forced()).isEqualTo(before);
  }
}
