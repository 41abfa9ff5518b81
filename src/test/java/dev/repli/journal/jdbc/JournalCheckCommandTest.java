package dev.repli.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCheckCommandTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int check(Path folder, String... hashes) {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new JournalCheckCommand(out, "--repli.data-dir=" + folder).run(List.of(hashes));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static JournalEntry append(Path folder) {
    try (JournalDatabase database = JournalDatabase.inFolder(folder)) {
      Evidence evidence = new Evidence.Milestone("STARTED", "by ada", Map.of());
      return database.journal().append(new RunKey("incident-4711"), evidence);
    }
  }

  @Test
  void saysThatTheJournalIsIntactAndPrintsItsHead(@TempDir Path folder) {
    append(folder);
    assertThat(check(folder)).isZero();
    assertThat(printed()).matches("INTACT: 1 runs, 1 entries, head [0-9a-f]{64}\\R");
  }

  @Test
  void findsAHashThatWasCopiedFromAReport(@TempDir Path folder) {
    String hash = append(folder).hash();
    append(folder);
    assertThat(check(folder, hash)).isZero();
  }

  @Test
  void saysThatAKnownEntryWasRemovedEvenWhenTheChainsFit(@TempDir Path folder) {
    append(folder);
    String removed = "0".repeat(64);
    assertThat(check(folder, removed)).isEqualTo(1);
    assertThat(printed()).contains("no entry has the hash " + removed + ": it was removed");
  }

  @Test
  void printsWhatWasTamperedWith(@TempDir Path folder) {
    append(folder);
    try (JournalDatabase database = JournalDatabase.inFolder(folder)) {
      database.execute(
          "drop trigger journal_entry_append_only",
          "update journal_entry set content = replace(content, 'ada', 'eve')");
    }
    assertThat(check(folder)).isEqualTo(1);
    assertThat(printed())
        .contains("run incident-4711, entry 1: its text", "BROKEN: 1 findings in the journal");
  }

  @Test
  void neitherPassesNorMakesADatabaseThatIsNotThere(@TempDir Path folder) {
    assertThat(check(folder)).isEqualTo(2);
    assertThat(printed()).contains("journal: check failed");
    assertThat(folder).isEmptyDirectory();
  }
}
