package dev.repli.lab;

import dev.repli.inplace.UpgradedLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An 11.8 that was upgraded in place from 10.11, HAProxy in front of it, and a source that is gone.
 */
final class InPlaceTopology implements AutoCloseable {
  private final Resources resources = new Resources();
  private final LabHaproxy haproxy;
  private final Path plans;
  final UpgradedLab lab;

  InPlaceTopology(Path directory) throws Exception {
    this(directory, "{type: local}");
  }

  /**
   * @param access to the machine, as a plan says it
   */
  InPlaceTopology(Path directory, String access) throws Exception {
    lab = resources.add(new UpgradedLab(directory));
    int gone = Ports.free();
    haproxy =
        resources.add(
            LabHaproxy.start(
                LabHaproxy.program().orElseThrow(), directory, Ports.free(), gone, lab.port));
    plans = Files.createDirectories(directory.resolve("plans"));
    Files.writeString(plans.resolve(LabPlan.ID + ".yaml"), plan(directory, gone, access));
  }

  private String plan(Path directory, int gone, String access) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), UpgradedLab.PASSWORD);
    secret.toFile().setReadable(false, false);
    secret.toFile().setReadable(true, true);
    String account = "{user: inplace, password: \"file:%s\"}".formatted(secret);
    return """
        id: %s
        title: "A shop that was upgraded in place"
        locale: en
        source:
        %s
        target:
        %s
          fenceFile: %s
        %s
        routes:
        %s
        rollbackWindow: 24h
        probe:
          account: %s
        checks:
          queries:
            - name: orders can be read
              sql: SELECT COUNT(*) > 0 FROM app.orders
              expected: "1"
          journeys:
            - Place an order in the shop
        """
        .formatted(
            LabPlan.ID,
            node(gone, account).stripTrailing(),
            node(lab.port, account).stripTrailing(),
            lab.server.fenceFile(),
            lab.server.planEntry(access).indent(2).stripTrailing(),
            haproxy.planEntry().indent(2).stripTrailing(),
            account);
  }

  private static String node(int port, String account) {
    return """
          kind: mariadb
          host: 127.0.0.1
          port: %d
          tls: disabled
          account: %s
          replication: %s
        """
        .formatted(port, account, account);
  }

  Path plans() {
    return plans;
  }

  /** As a client does: through the route. */
  void write(String item) throws SQLException {
    String url = "jdbc:mariadb://%s/app".formatted(haproxy.endpoint());
    try (Connection client = DriverManager.getConnection(url, "inplace", UpgradedLab.PASSWORD);
        Statement sql = client.createStatement()) {
      sql.execute("INSERT INTO orders (item) VALUES ('" + item + "')");
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
