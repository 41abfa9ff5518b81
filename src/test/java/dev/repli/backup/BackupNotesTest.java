package dev.repli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.backup.BackupFacts.Start;
import dev.repli.backup.BackupFacts.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupNotesTest {
  private static final BackupFacts FACTS =
      new BackupFacts(
          "abc",
          "10.11.18-MariaDB-log",
          new Start("bin.000003", 4711, "0-1-99"),
          Map.of("app.orders", new Table(3, "12345"), "app.lines", new Table(0, "0")),
          Instant.parse("2026-01-02T03:04:05Z"),
          Optional.of(Duration.ofSeconds(95)));

  @Test
  void readsWhatItHasWritten() {
    assertThat(BackupNotes.read(BackupNotes.write(FACTS))).contains(FACTS);
  }

  @Test
  void readsANoteThatDoesNotSayHowLongItTook() {
    String before = BackupNotes.write(FACTS).replace("\tPT1M35S", "");
    assertThat(BackupNotes.read(before)).map(BackupFacts::took).contains(Optional.empty());
    assertThat(BackupNotes.read(before.replace("05Z", "05Z\tlong"))).isEmpty();
  }

  @Test
  void takesNothingFromANoteThatIsNotWhole() {
    String whole = BackupNotes.write(FACTS);
    for (int length = 0; length < whole.length() - 1; length++) {
      assertThat(BackupNotes.read(whole.substring(0, length))).as("%s", length).isEmpty();
    }
    assertThat(BackupNotes.read(whole.replace("4711", "x"))).isEmpty();
    assertThat(BackupNotes.read(whole.replace("note 1", "note 2"))).isEmpty();
  }
}
