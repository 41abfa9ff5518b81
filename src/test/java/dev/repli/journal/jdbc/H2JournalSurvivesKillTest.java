package dev.repli.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class H2JournalSurvivesKillTest {
  private static final int ENOUGH = 400;

  @Test
  @Timeout(60)
  void nothingAcknowledgedIsLostWhenTheProgramIsKilled(@TempDir Path folder) throws Exception {
    Map<RunKey, Long> acknowledged = newest(acknowledgedUntilKilled(folder));

    try (JournalDatabase database = JournalDatabase.inFolder(folder)) {
      Journal journal = database.journal();
      assertThat(journal.check()).isInstanceOf(Journal.Integrity.Intact.class);
      assertThat(acknowledged).hasSize(4);
      acknowledged.forEach(
          (run, seq) -> assertThat(journal.read(run)).hasSizeGreaterThanOrEqualTo(seq.intValue()));
    }
  }

  private static List<String> acknowledgedUntilKilled(Path folder) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AppendUntilKilled.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("acknowledged ")) {
          lines.add(line);
        }
        if (lines.size() == ENOUGH) {
          // by its handle: the process itself would close the stream with what was acknowledged
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly();
    }
    return lines;
  }

  private static Map<RunKey, Long> newest(List<String> lines) {
    Map<RunKey, Long> newest = new HashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      // the kill may cut the last line: a shorter number is still one that was acknowledged
      if (words.length == 3 && !words[2].isEmpty()) {
        newest.merge(new RunKey(words[1]), Long.valueOf(words[2]), Math::max);
      }
    }
    return newest;
  }
}
