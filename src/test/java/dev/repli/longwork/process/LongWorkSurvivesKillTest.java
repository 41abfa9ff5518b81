package dev.repli.longwork.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.engine.OnePlan;
import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two programs on one engine database; one is killed with -9, or falls asleep. */
@Timeout(150)
class LongWorkSurvivesKillTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path folder;

  @Test
  void isTakenOverWithinTheLockAndThenByOneOnly() throws Exception {
    try (Database database = new Database(folder)) {
      Process first = database.launch("first");
      await().atMost(SOON).until(() -> acts("first") > 3);
      Process second = database.launch("second");

      send("STOP", first);
      long asleep = acts("first");
      await().atMost(SOON).until(() -> acts("second") > 3);
      send("CONT", first);
      long before = acts("second");
      await().atMost(SOON).until(() -> acts("second") > before + 50);
      // one act may have been decided on before it fell asleep
      assertThat(acts("first")).isLessThanOrEqualTo(asleep + 1);

      second.toHandle().destroyForcibly();
      long killed = System.nanoTime();
      long done = acts("first");
      await().atMost(SOON).until(() -> acts("first") > done + 3);
      assertThat(Duration.ofNanos(System.nanoTime() - killed))
          .isLessThan(WorkNode.LOCK.multipliedBy(4));
      Files.createFile(folder.resolve("finish"));
      await().atMost(SOON).until(() -> database.node.waiting() == 1);
    }
  }

  private long acts(String node) throws IOException {
    Path file = folder.resolve("acts");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.stream().filter(node::equals).count();
  }

  private static void send(String signal, Process process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor())
        .isZero();
  }

  /** This node only looks on. */
  private static final class NoWork implements LongWork {
    @Override
    public WorkResult perform(WorkOrder order, WorkWatch watch) {
      throw new IllegalStateException("it never polls");
    }

    @Override
    public String hint() {
      return "";
    }
  }

  /** The engine's database, reached over loopback, with one run that waits for its work. */
  private static final class Database implements AutoCloseable {
    private final Server server;
    private final String url;
    private final Path folder;
    private final WorkNode node;
    private final List<Process> children = new ArrayList<>();

    Database(Path folder) throws Exception {
      this.folder = folder;
      server =
          Server.createTcpServer("-tcpPort", "0", "-baseDir", folder.toString(), "-ifNotExists")
              .start();
      url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./engine";
      node = new WorkNode(url, "test", new InMemoryWorkRecords(), new OnePlan(), new NoWork());
      node.deploy();
      node.start("INC-1", OnePlan.ID.value(), "a".repeat(64));
    }

    Process launch(String name) throws IOException {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  WorkUntilKilled.class.getName(),
                  url,
                  name,
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      children.add(child);
      var out = child.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals("started")) {
          return child;
        }
      }
      throw new IllegalStateException(name + " ended before it had started");
    }

    @Override
    public void close() {
      children.forEach(child -> child.toHandle().destroyForcibly());
      node.close();
      server.stop();
    }
  }
}
