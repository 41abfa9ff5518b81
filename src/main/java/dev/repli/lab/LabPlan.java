package dev.repli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The demo's plan and the secrets it refers to, as files. */
final class LabPlan {
  static final String ID = "demo-shop";

  private LabPlan() {}

  /** Writes {@code plans/demo-shop.yaml}; returns the directory of plans. */
  static Path write(Path directory, LabNodes nodes, DemoRoute route) throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plans"));
    Files.writeString(plans.resolve(ID + ".yaml"), text(nodes, route));
    return plans;
  }

  /** Writes a secret that only this user can read; returns its reference. */
  static String secret(Path directory, String name, String value) throws IOException {
    Path file =
        Files.createFile(
            Files.createDirectories(directory.resolve("secrets")).resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, value);
    return "file:" + file;
  }

  private static String text(LabNodes nodes, DemoRoute route) {
    return """
        # Written by the demo. The target is writer after a cutover; the source replicates from it.
        id: %s
        title: "Demo shop: two MariaDB 11.4.5 on this machine"
        locale: en
        source:
          kind: mariadb
          host: 127.0.0.1
          port: %d
          tls: disabled
          account: {user: repli, password: "%s"}
          replication: {user: replication, password: "%s"}
        target:
          kind: mariadb
          host: 127.0.0.1
          port: %d
          tls: disabled
          account: {user: repli, password: "%s"}
          replication: {user: replication, password: "%s"}
        routes:
        %srollbackWindow: 24h
        budgets:
          gateWait: 30s
        probe:
          account: {user: repli_probe, password: "%s"}
        checks:
          queries:
            - name: orders can be read
              sql: SELECT COUNT(*) > 0 FROM shop.orders
              expected: "1"
          journeys:
            - Place an order in the shop and see it in the list of orders
        """
        .formatted(
            ID,
            nodes.source().port(),
            nodes.secrets().repli(),
            nodes.secrets().replication(),
            nodes.target().port(),
            nodes.secrets().repli(),
            nodes.secrets().replication(),
            route.planEntry(),
            nodes.secrets().probe());
  }
}
