package dev.repli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The demo's plan and the secrets it refers to, as files. */
final class LabPlan {
  static final String ID = "demo-shop";

  private LabPlan() {}

  /** Writes the plan and the secrets that it refers to; returns the directory of plans. */
  static Path write(Path directory, LabNodes nodes, DemoRoute route) throws IOException {
    LabAccounts accounts = nodes.source().accounts();
    String repli = secret(directory, "repli", accounts.repli());
    String replication = secret(directory, "repl", accounts.replication());
    String probe = secret(directory, "repli-probe", accounts.probe());
    Path plans = Files.createDirectories(directory.resolve("plans"));
    Files.writeString(
        plans.resolve(ID + ".yaml"),
        """
        # Written by the demo. One node writes and the other replicates from it.
        id: %s
        title: "Demo shop: two MariaDB 11.4.5 on this machine"
        locale: en
        """
                .formatted(ID)
            + node("source", nodes.source(), repli, replication)
            + node("target", nodes.target(), repli, replication)
            + "routes:\n"
            + route.planEntry().indent(2)
            + rest(probe));
    return plans;
  }

  /** The same for a server that was upgraded on its own machine; the source is gone. */
  static Path write(Path directory, LabUpgrade server, int gone, String password, DemoRoute route)
      throws IOException {
    LabAccounts accounts = server.accounts();
    String repli = secret(directory, "repli", accounts.repli());
    String replication = secret(directory, "repl", accounts.replication());
    String all = secret(directory, LabUpgrade.USER, password);
    String probe = secret(directory, "repli-probe", accounts.probe());
    Path plans = Files.createDirectories(directory.resolve("plans"));
    Files.writeString(
        plans.resolve(ID + ".yaml"),
        """
        # Written by the demo. The target was upgraded on its own machine.
        id: %s
        title: "Demo shop: MariaDB 10.11 upgraded in place to 11.8"
        locale: en
        """
                .formatted(ID)
            + node("source", gone, repli, replication)
            + node("target", server.port(), repli, replication)
            + "  fenceFile: %s\n".formatted(server.fenceFile())
            + server.planEntry().indent(2)
            + "copy:\n  account: {user: %s, password: \"%s\"}\n".formatted(LabUpgrade.USER, all)
            + "routes:\n"
            + route.planEntry().indent(2)
            + rest(probe));
    return plans;
  }

  private static String rest(String probe) {
    return """
        rollbackWindow: 24h
        people:
          - {role: technical-lead, user: lead1, deputy: pm1}
        budgets:
          gateWait: 20s
        cutover:
          clientGrace: 2s
          proofAge: 1m
          watch: 1h
          lookEvery: 3s
        probe:
          account: {user: repli_probe, password: "%s"}
        checks:
          queries:
            - name: orders can be read
              sql: SELECT COUNT(*) > 0 FROM app.orders
              expected: "1"
          journeys:
            - Place an order in the shop and see it in the list of orders
        """
        .formatted(probe);
  }

  private static String node(String role, MariaDbServer server, String repli, String replication) {
    return node(role, server.port(), repli, replication)
        + "  fenceFile: %s\n".formatted(server.fenceFile());
  }

  private static String node(String role, int port, String repli, String replication) {
    return """
        %s:
          kind: mariadb
          host: 127.0.0.1
          port: %d
          tls: trust
          account: {user: repli, password: "%s"}
          replication: {user: repl, password: "%s"}
        """
        .formatted(role, port, repli, replication);
  }

  /** Writes a secret that only this user can read; returns its reference. */
  static String secret(Path directory, String name, String value) throws IOException {
    Path file = Files.createDirectories(directory.resolve("secrets")).resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, value);
    return "file:" + file;
  }
}
