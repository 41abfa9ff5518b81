package dev.repli.database;

import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Two real MariaDB servers with Repli's accounts, as a plan sees them. */
public final class ServerPair implements AutoCloseable {
  private final LabAccounts accounts = LabAccounts.random();
  private final MariaDbServer source;
  private final MariaDbServer target;

  public ServerPair(ServerInstallation source, ServerInstallation target) {
    try {
      Path folder = Files.createTempDirectory("repli-pair");
      this.source =
          MariaDbServer.start(source, ServerSettings.of(1), accounts, folder.resolve("source"));
      this.target =
          MariaDbServer.start(target, ServerSettings.of(2), accounts, folder.resolve("target"));
      folder.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public MariaDbServer source() {
    return source;
  }

  public MariaDbServer target() {
    return target;
  }

  public LabAccounts accounts() {
    return accounts;
  }

  public Node sourceNode() {
    return node(Node.Role.SOURCE, source);
  }

  public Node targetNode() {
    return node(Node.Role.TARGET, target);
  }

  private static Node node(Node.Role role, MariaDbServer server) {
    return new Node(
        role,
        Node.Kind.MARIADB,
        new Endpoint("127.0.0.1", server.port()),
        account("repli"),
        account("repl"),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  /** An account of {@link LabAccounts}, as a plan names it. */
  public static Account account(String user) {
    return new Account(user, new SecretRef("env:" + user.toUpperCase(java.util.Locale.ROOT)));
  }

  public Secrets secrets() {
    Map<String, String> known =
        Map.of(
            "env:REPLI", accounts.repli(),
            "env:REPL", accounts.replication(),
            "env:REPLI_PROBE", accounts.probe(),
            "env:APP", accounts.application());
    return reference -> Objects.requireNonNull(known.get(reference.value()));
  }

  /** The source is the writer, the target replicates from it; the history of both is kept. */
  public void writerIsSource() {
    catchUpIfFollowing(source, target);
    catchUpIfFollowing(target, source);
    source.run(true, "STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL event_scheduler=ON");
    source.run(true, "SET GLOBAL read_only=0");
    target.replicateFrom(source);
    source.run(
        false, "CREATE DATABASE IF NOT EXISTS app", "CREATE DATABASE IF NOT EXISTS repli_probe");
    awaitFollowing(target, source);
  }

  /**
   * Everything that one has written is applied by the other.
   *
   * @throws IllegalStateException when it is not within 25 s
   */
  public static void awaitFollowing(MariaDbServer behind, MariaDbServer ahead) {
    if (!follows(behind, ahead, 25)) {
      throw new IllegalStateException("does not replicate what the other server has");
    }
  }

  /** They need not replicate from each other yet. */
  private static void catchUpIfFollowing(MariaDbServer behind, MariaDbServer ahead) {
    var unused = follows(behind, ahead, 1);
  }

  private static boolean follows(MariaDbServer behind, MariaDbServer ahead, int seconds) {
    try (Connection here = behind.admin();
        Connection there = ahead.admin();
        Statement ask = there.createStatement();
        Statement wait = here.createStatement();
        var position = ask.executeQuery("SELECT @@gtid_binlog_pos")) {
      position.next();
      try (var result =
          wait.executeQuery(
              "SELECT MASTER_GTID_WAIT('" + position.getString(1) + "', " + seconds + ")")) {
        return result.next() && result.getInt(1) == 0;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
