package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.Position;
import dev.repli.database.ServerPair;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The full circle under load: MySQL 9.7 to MariaDB 11.8 by replication and back by Repli's own
 * stream, which is killed twice. No server can replicate that way back.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RowStreamIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  @TempDir private Path folder;

  @Test
  void bringsAllThatMariaDbAcknowledgedBackToMySql() throws Exception {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    CircleLoad load = new CircleLoad();
    try (MySqlToMariaDb servers =
        new MySqlToMariaDb(folder, ImportLab.account("import-mysql.sql"))) {
      servers.source().run(CircleLoad.TABLE);
      servers.target().run(false, "SET GLOBAL binlog_row_metadata = FULL");
      load.write(servers.source()::admin, 500);
      Position cutover = cutOver(servers, load);
      StreamChild.Task task =
          new StreamChild.Task(
              "jdbc:h2:file:" + folder.resolve("repli") + ";WRITE_DELAY=0",
              servers.targetNode().address().port(),
              servers.sourceNode().address().port(),
              cutover);

      CompletableFuture<Void> clients = whileWriting(load, servers, 4000);
      killedAfter(task, servers, 200);
      killedAfter(task, servers, 900);
      RowStream stream = StreamChild.stream(task, servers.secrets());
      CompletableFuture<ImportResult> carried =
          CompletableFuture.supplyAsync(
              () -> stream.run(task.request(), origin(task), task.range()));
      clients.get(2, TimeUnit.MINUTES);
      servers.target().run(false, "SET GLOBAL read_only = 1");
      Position end = position(servers);
      await().atMost(LONG).until(() -> carried.isDone() || stream.state().covers(end));
      await().until(() -> stream.state().lag(Instant.now()).toSeconds() < 2);
      stream.stop();
      ImportResult result = carried.get(1, TimeUnit.MINUTES);

      assertThat(result).isInstanceOf(ImportResult.Complete.class);
      assertThat(result.counts().held()).isZero();
      assertThat(result.counts().extracted()).isEqualTo(4000);
      assertThat(result.counts().applied()).isEqualTo(4000);
      servers.source().run("SET GLOBAL read_only = 0");
      load.write(servers.source()::admin, 300);
      assertThat(CircleLoad.rows(servers.source()::admin)).isEqualTo(load.rows);
    }
  }

  private static Position cutOver(MySqlToMariaDb servers, CircleLoad load) throws SQLException {
    servers.source().run("SET GLOBAL read_only = 1");
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(CircleLoad.rows(servers.target()::admin)).isEqualTo(load.rows));
    servers.target().run(false, "STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = 0");
    return position(servers);
  }

  private static CompletableFuture<Void> whileWriting(
      CircleLoad load, MySqlToMariaDb servers, int transactions) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            load.write(servers.target()::admin, transactions);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Ends it with {@code kill -9} when it has committed so much more. */
  private static void killedAfter(StreamChild.Task task, MySqlToMariaDb servers, long committed)
      throws IOException, InterruptedException {
    Process child = StreamChild.start(task, servers.secrets());
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("committed ") && Long.parseLong(line.substring(10)) >= committed) {
          break;
        }
      }
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor()).as(said.toString()).isEqualTo(137);
  }

  private static Position position(MySqlToMariaDb servers) throws SQLException {
    try (Connection admin = servers.target().admin();
        Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@gtid_binlog_pos")) {
      row.next();
      assertThat(row.getString(1)).isNotEmpty();
      return new Position(Position.Kind.MARIADB_GTID, row.getString(1));
    }
  }

  static Node origin(StreamChild.Task task) {
    return new Node(
        Node.Role.TARGET,
        Node.Kind.MARIADB,
        new Endpoint("127.0.0.1", task.from()),
        ServerPair.account("repli"),
        ServerPair.account("repl"),
        Node.Tls.DISABLED,
        Optional.empty());
  }
}
