package dev.repli.lab;

import dev.repli.database.jdbc.ProbeTable;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A 10.11 as a cutover without a way back left it, an 11.8 that took over, HAProxy in front of them
 * and clients that write.
 */
final class LogicalTopology implements AutoCloseable {
  private final Resources resources = new Resources();
  private final LabNodes nodes;
  private final Traffic traffic;
  private final Path plans;

  private LogicalTopology(Path directory) throws SQLException, InterruptedException, IOException {
    nodes =
        LabNodes.start(
            ServerInstallation.unpacked("mariadb-10.11"),
            ServerInstallation.unpacked("mariadb-11.8"),
            directory,
            resources,
            Node.Role.SOURCE);
    nodes.source().run(false, ProbeTable.create("(@@server_id)").toArray(String[]::new));
    nodes.source().run(false, "CREATE TABLE app.bulk (id INT PRIMARY KEY, note VARCHAR(100))");
    nodes.source().run(true, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    handOver();
    LabHaproxy haproxy =
        resources.add(
            LabHaproxy.start(
                LabHaproxy.program().orElseThrow(),
                directory,
                Ports.free(),
                nodes.source().port(),
                nodes.target().port()));
    plans = LabPlan.write(directory, nodes, haproxy);
    ImportAccountFile.add(plan(), directory);
    traffic =
        resources.add(
            Traffic.start(haproxy.endpoint(), "app", nodes.source().accounts().application(), 200));
  }

  static LogicalTopology start(Path directory) {
    try {
      return new LogicalTopology(directory);
    } catch (SQLException | IOException failure) {
      throw new IllegalStateException("the topology of the test does not start", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** What a cutover does, without anything that leads back. */
  private void handOver() {
    nodes.source().run(true, "SET GLOBAL read_only = 1");
    String position = text(nodes.source(), "SELECT @@gtid_binlog_pos");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> text(nodes.target(), "SELECT @@gtid_binlog_pos").equals(position));
    nodes.target().run(true, "STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = 0");
  }

  /** Many changes in few transactions. */
  void writeMany(int rows) {
    nodes
        .target()
        .run(
            false,
            "INSERT INTO app.bulk SELECT seq, REPEAT('n', 80) FROM app.seq_1_to_" + rows,
            "UPDATE app.bulk SET note = 'changed' WHERE id % 3 = 0",
            "DELETE FROM app.bulk WHERE id % 7 = 0");
  }

  Path plans() {
    return plans;
  }

  Path plan() {
    return plans.resolve(LabPlan.ID + ".yaml");
  }

  MariaDbServer source() {
    return nodes.source();
  }

  MariaDbServer target() {
    return nodes.target();
  }

  int acknowledged() {
    return traffic.log().acknowledgedCount();
  }

  /** Stops the clients and compares their log with what is on the node. */
  TrafficVerdict verdict(Node.Role writer) throws SQLException {
    traffic.close();
    try (Connection admin = nodes.in(writer).admin()) {
      return TrafficVerdict.of(traffic.log().snapshot(), admin, LabNodes.serverId(writer));
    }
  }

  static String text(MariaDbServer server, String query) {
    try (Connection connection = server.admin();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
