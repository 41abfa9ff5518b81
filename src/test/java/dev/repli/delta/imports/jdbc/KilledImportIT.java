package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.PlainCheck;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the importing process, again and again, somewhere between two commits. */
class KilledImportIT {
  private static final long SEED = 4711;
  private static final int KILLS = 4;

  @TempDir private Path folder;

  static PlainCheck check(long seed) {
    return new PlainCheck(seed, 400, 3000);
  }

  @Test
  void losesAndDoublesNothingHoweverOftenItIsKilled() throws Exception {
    try (MariaDbServer server =
            MariaDbServer.start(
                ServerInstallation.fromMaven(),
                ServerSettings.of(1),
                LabAccounts.random(),
                folder.resolve("server"));
        Connection connection = server.admin()) {
      server.run(true, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
      server.run(true, "CREATE DATABASE app", ImportLab.THINGS);
      PlainCheck check = check(SEED);
      ImportLab.fill(connection, check.source);
      // as in application.yaml: each connection here closes the file, and may be killed in that
      String url = "jdbc:h2:file:" + folder.resolve("repli") + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0";
      Random random = new Random(SEED);
      for (int i = 0; i < KILLS; i++) {
        killAfter(1 + random.nextInt(12), random.nextInt(20), url, server.port());
      }

      HeldChanges held = ImportLab.held(url);
      ImportResult result =
          ImportLab.run(
              ImportLab.request(ImportLab.node(Node.Kind.MARIADB, server.port()), "things"),
              held,
              check.history);

      check.assertRight(result, ImportLab.rows(connection), held);
    }
  }

  /** Some commits later, and then not at once: in the middle of the next one. */
  private static void killAfter(int commits, int milliseconds, String url, int port)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ImportChild.class.getName(),
                    url,
                    Integer.toString(port),
                    Long.toString(SEED)))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      int seen = 0;
      while (seen < commits) {
        String line = lines.readLine();
        assertThat(line).as("a commit after %s", seen).isNotNull().isNotEqualTo("ended");
        seen += line.startsWith("committed") ? 1 : 0;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
