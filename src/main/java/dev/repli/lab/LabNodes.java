package dev.repli.lab;

import dev.repli.plan.Node;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Two real servers, of which one writes and the other replicates from it. */
record LabNodes(MariaDbServer source, MariaDbServer target) implements DemoServers {
  static final int SOURCE_ID = 1;
  static final int TARGET_ID = 2;
  private static final Duration CATCH_UP = Duration.ofSeconds(20);

  /**
   * Starts both from the Maven artifact, in the state after a cutover: the target writes. Each is
   * taken down with the resources.
   */
  static LabNodes start(Path directory, Resources resources)
      throws SQLException, InterruptedException {
    return start(directory, resources, Node.Role.TARGET);
  }

  static LabNodes start(Path directory, Resources resources, Node.Role writer)
      throws SQLException, InterruptedException {
    ServerInstallation maria = ServerInstallation.fromMaven();
    return start(maria, maria, directory, resources, writer);
  }

  static LabNodes start(
      ServerInstallation sourceKind,
      ServerInstallation targetKind,
      Path directory,
      Resources resources)
      throws SQLException, InterruptedException {
    return start(sourceKind, targetKind, directory, resources, Node.Role.TARGET);
  }

  static LabNodes start(
      ServerInstallation sourceKind,
      ServerInstallation targetKind,
      Path directory,
      Resources resources,
      Node.Role writer)
      throws SQLException, InterruptedException {
    LabAccounts accounts = LabAccounts.random();
    MariaDbServer source =
        resources.add(
            MariaDbServer.start(
                sourceKind, ServerSettings.of(SOURCE_ID), accounts, directory.resolve("source")));
    MariaDbServer target =
        resources.add(
            MariaDbServer.start(
                targetKind, ServerSettings.of(TARGET_ID), accounts, directory.resolve("target")));
    LabNodes nodes = new LabNodes(source, target);
    MariaDbServer first = nodes.in(writer);
    MariaDbServer replica = nodes.in(writer.other());
    replica.replicateFrom(first);
    first.run(
        false,
        "CREATE DATABASE app",
        "CREATE TABLE app.orders (seq BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT NOT NULL,"
            + " item VARCHAR(100) NOT NULL, written_by INT UNSIGNED NOT NULL DEFAULT (@@server_id),"
            + " KEY (order_id))");
    awaitReplica(replica);
    return nodes;
  }

  MariaDbServer in(Node.Role role) {
    return role == Node.Role.SOURCE ? source : target;
  }

  static int serverId(Node.Role role) {
    return role == Node.Role.SOURCE ? SOURCE_ID : TARGET_ID;
  }

  private static void awaitReplica(MariaDbServer replica)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + CATCH_UP.toNanos();
    while (!hasOrders(replica)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the replica does not replicate from the writer");
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static boolean hasOrders(MariaDbServer server) throws SQLException {
    try (Connection admin = server.admin();
        Statement statement = admin.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT 1 FROM information_schema.tables"
                    + " WHERE table_schema='app' AND table_name='orders'")) {
      return tables.next();
    }
  }
}
