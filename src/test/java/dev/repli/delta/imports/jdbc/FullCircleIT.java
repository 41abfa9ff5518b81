package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.Position;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.delta.Row;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.ReverseStreams;
import dev.repli.delta.stream.StreamBarrier;
import dev.repli.delta.stream.StreamBarrier.Reach;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.delta.stream.StreamStore;
import dev.repli.plan.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MySQL 9.7 to MariaDB 11.8 and back, which the servers cannot do by themselves: under load, with
 * the Repli that streams killed meanwhile.
 */
class FullCircleIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Test
  void comesBackFromMariaDbToMySqlUnderLoadAndLosesNothing(@TempDir Path folder) throws Exception {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    Server repli = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    String url =
        "jdbc:h2:tcp://127.0.0.1:%d/mem:circle;DB_CLOSE_DELAY=-1".formatted(repli.getPort());
    try (MySqlToMariaDb pair = new MySqlToMariaDb(folder, ImportLab.account("import-mysql.sql"))) {
      Secrets secrets =
          reference ->
              reference.value().equals("env:IMPORT")
                  ? ImportLab.PASSWORD
                  : pair.secrets().resolve(reference);
      Load load = new Load();
      Position from = cutOver(pair, load);
      ImportLab.held(url);
      StreamStore streams = FullCircleLab.streams(url);
      streams.want(
          new StreamOrder(FullCircleLab.PLAN, new ImportId("circle-1"), from), Instant.now());
      load.onto(pair.target().admin());

      killOneThatStreams(url, pair, secrets, streams);

      try (ReverseStreams first = repli(url, pair, secrets, "first");
          ReverseStreams second = repli(url, pair, secrets, "second")) {
        await().atMost(LONG).until(() -> tick(first) && owner(streams).equals("first"));
        second.tick();
        assertThat(second.lag(FullCircleLab.PLAN)).as("only one runs it").isNaN();
        load.runFor(500);
        // nobody tends it for longer than its lease: it ends, and begins again when somebody does
        await().atMost(LONG).until(() -> leaseIsOver(streams));
        first.tick();
        load.runFor(500);
        load.end();
        pair.target().run(true, "SET GLOBAL read_only = 1");
        Position mark = FullCircleLab.position(pair.targetNode(), secrets);

        assertThat(barrier(url, first, streams).await(FullCircleLab.PLAN, mark, LONG))
            .as("%s, %s", mark, streams.find(FullCircleLab.PLAN))
            .isInstanceOf(Reach.Reached.class);

        assertThat(rows(pair.target().admin())).isEqualTo(load.acknowledged);
        assertThat(rows(pair.source().admin())).isEqualTo(load.acknowledged);
        await().atMost(LONG).until(() -> tick(first) && first.lag(FullCircleLab.PLAN) == 0);
        streams.stop(FullCircleLab.PLAN);
        await().atMost(LONG).until(() -> tick(first) && owner(streams).isEmpty());
        assertThat(streams.find(FullCircleLab.PLAN).orElseThrow().report().state())
            .isEqualTo(State.STOPPED);
      }
      pair.source()
          .run("SET GLOBAL read_only = 0", "INSERT INTO app.things VALUES (-1, 'back', 1)");
    } finally {
      repli.stop();
    }
  }

  /** Load on the source, then the target has everything and is the writer. */
  private static Position cutOver(MySqlToMariaDb pair, Load load) throws Exception {
    pair.source()
        .run(
            "CREATE TABLE app.things (id INT PRIMARY KEY, name VARCHAR(50), amount INT)"
                + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    load.onto(pair.source().admin());
    load.runFor(300);
    load.end();
    pair.source().run("SET GLOBAL read_only = 1");
    await().atMost(LONG).until(() -> rows(pair.target().admin()).equals(load.acknowledged));
    pair.target().run(true, "STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = 0");
    pair.target().run(true, "GRANT SELECT ON app.* TO 'repli'@'%'");
    return FullCircleLab.position(pair.targetNode(), pair.secrets());
  }

  private static void killOneThatStreams(
      String url, MySqlToMariaDb pair, Secrets secrets, StreamStore streams) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FullCircleLab.class.getName(),
            url,
            Integer.toString(pair.source().port()),
            Integer.toString(pair.target().port()));
    for (String name : List.of("REPLI", "REPL", "IMPORT")) {
      builder.environment().put(name, secrets.resolve(new dev.repli.plan.SecretRef("env:" + name)));
    }
    Process child =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      await()
          .atMost(LONG)
          .until(
              () ->
                  streams.find(FullCircleLab.PLAN).orElseThrow().report().counts().applied() > 100);
      assertThat(owner(streams)).startsWith("child-");
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static ReverseStreams repli(
      String url, MySqlToMariaDb pair, Secrets secrets, String owner) {
    return FullCircleLab.open(url, pair.sourceNode(), pair.targetNode(), secrets, owner);
  }

  private static boolean tick(ReverseStreams streams) {
    streams.tick();
    return true;
  }

  private static boolean leaseIsOver(StreamStore streams) {
    return streams.find(FullCircleLab.PLAN).orElseThrow().until().isBefore(Instant.now());
  }

  private static String owner(StreamStore streams) {
    return streams.find(FullCircleLab.PLAN).orElseThrow().owner();
  }

  /** Keeps the lease while it waits. */
  private static StreamBarrier barrier(String url, ReverseStreams running, StreamStore streams) {
    return new StreamBarrier(
        streams,
        FullCircleLab.groups(url),
        Clock.systemUTC(),
        pause -> {
          running.tick();
          FullCircleLab.pause(pause);
        });
  }

  private static Map<Integer, Row> rows(Connection admin) throws SQLException {
    try (admin) {
      return ImportLab.rows(admin);
    }
  }

  /** One client that inserts, updates and deletes, and knows what was acknowledged. */
  private static final class Load {
    final Map<Integer, Row> acknowledged = new TreeMap<>();
    private final Random random = new Random(7);
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final AtomicInteger transactions = new AtomicInteger();
    private int next = 1;
    private Thread thread = new Thread(() -> {});

    void onto(Connection connection) {
      wanted.set(true);
      transactions.set(0);
      thread = new Thread(() -> write(connection), "load");
      thread.start();
    }

    void runFor(int more) {
      int until = transactions.get() + more;
      await().atMost(LONG).until(() -> transactions.get() >= until || !thread.isAlive());
      assertThat(thread.isAlive()).as("the load goes on").isTrue();
    }

    void end() throws InterruptedException {
      wanted.set(false);
      thread.join(LONG.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }

    private void write(Connection connection) {
      try (connection;
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        while (wanted.get()) {
          transaction(connection, statement);
          FullCircleLab.pause(Duration.ofMillis(1));
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private void transaction(Connection connection, Statement statement) throws SQLException {
      int added = next++;
      int other = 1 + random.nextInt(added);
      statement.executeUpdate("INSERT INTO app.things VALUES (%d, 'é', 0)".formatted(added));
      Row changed = History.row(other, "n" + added, added);
      boolean there = acknowledged.containsKey(other) && other != added;
      boolean deletes = there && added % 10 == 0;
      if (deletes) {
        statement.executeUpdate("DELETE FROM app.things WHERE id = " + other);
      } else if (there) {
        statement.executeUpdate(
            "UPDATE app.things SET name = 'n%d', amount = %d WHERE id = %d"
                .formatted(added, added, other));
      }
      connection.commit();
      acknowledged.put(added, History.row(added, "é", 0));
      if (deletes) {
        acknowledged.remove(other);
      } else if (there) {
        acknowledged.put(other, changed);
      }
      transactions.incrementAndGet();
    }
  }
}
