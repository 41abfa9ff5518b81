package dev.repli.comparison.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.comparison.ComparisonId;
import dev.repli.comparison.ComparisonLimits;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.ComparisonStore;
import dev.repli.comparison.RowDifference;
import dev.repli.comparison.TableComparison;
import dev.repli.comparison.Verdict;
import dev.repli.database.ServerPair;
import dev.repli.lab.ServerInstallation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of a table. */
class KilledComparisonIT {
  static final ComparisonLimits TINY_CHUNKS =
      new ComparisonLimits(
          false,
          Duration.ofNanos(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          5,
          1000);

  @TempDir private Path folder;

  @Test
  void goesOnWhereItWasKilledAndForgetsNothing() throws Exception {
    try (ServerPair servers =
        new ServerPair(ServerInstallation.fromMaven(), ServerInstallation.fromMaven())) {
      servers.writerIsSource();
      ManyRows.make(servers.source());
      ComparisonStore another = ComparisonLab.store();
      var request = ComparisonLab.request("killed", ComparisonLab.plan(servers), ManyRows.NAME);
      assertThat(comparison(servers, another).compare(request).isClean()).isTrue();
      Set<String> planted = ManyRows.plantDifferences(servers.target());
      String url = "jdbc:h2:file:" + folder.resolve("repli") + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0";

      killAfterParts(30, url, servers);

      ComparisonStore store = ComparisonLab.store(url);
      long before = store.partial(request.id(), ManyRows.NAME).orElseThrow().rows();
      int found = store.partial(request.id(), ManyRows.NAME).orElseThrow().found().size();
      assertThat(before).isBetween(3000L, 15_000L);
      assertThat(found).isBetween(20, 99);
      List<Long> later = new ArrayList<>();
      ComparisonStore watched = CompareChild.telling(store, soFar -> later.add(soFar.rows()));
      ComparisonResult result = comparison(servers, watched).compare(request);

      assertThat(result.verdict()).isEqualTo(Verdict.DIFFERENT);
      assertThat(result.tables().get(0).differences())
          .extracting(RowDifference::key)
          .containsExactlyInAnyOrderElementsOf(planted);
      assertThat(result.tables().get(0).rows()).isEqualTo(ManyRows.ROWS);
      assertThat(later).isNotEmpty().allSatisfy(rows -> assertThat(rows).isGreaterThan(before));
      assertThat(store.find(new ComparisonId("killed")).orElseThrow().endedAt()).isPresent();
    }
  }

  private static TableComparison comparison(ServerPair servers, ComparisonStore store) {
    return ComparisonLab.comparison(servers.secrets(), store, TINY_CHUNKS);
  }

  private static void killAfterParts(int parts, String url, ServerPair servers)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CompareChild.class.getName(),
                url,
                "killed",
                Integer.toString(servers.source().port()),
                Integer.toString(servers.target().port())));
    builder.environment().put("REPLI_PASSWORD", servers.accounts().repli());
    Process child = builder.redirectErrorStream(true).start();
    try (BufferedReader lines = child.inputReader()) {
      int kept = 0;
      while (kept < parts) {
        String line = lines.readLine();
        assertThat(line).as("a part after %s", kept).isNotNull().doesNotStartWith("ended");
        kept += line.startsWith("compared") ? 1 : 0;
      }
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
