package dev.repli.database.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.NodeException;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/** Opens connections with mariadb-java-client, which speaks to MariaDB and MySQL alike. */
public final class Connections {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]+");
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private final Secrets secrets;

  public Connections(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The secret behind a reference, for statements that carry one. */
  public String secret(Account account) {
    return secrets.resolve(account.password());
  }

  /**
   * Repli's own connection to a node.
   *
   * @param answerLimit longest time any answer may take; longer waits set their own limit
   */
  public SqlLink open(Node node, Duration answerLimit, ActLog log) {
    return open(node, node.address(), node.account(), answerLimit, log);
  }

  /** A client's connection, wherever the endpoint leads. */
  public SqlLink openClient(Endpoint at, Node like, Account account, Duration answerLimit) {
    return open(like, at, account, answerLimit, ActLog.NONE);
  }

  /**
   * A connection for many rows: statements are prepared on the server, sent without waiting for
   * each answer, and together where the server takes them so.
   *
   * @throws dev.repli.database.NodeException as every other
   */
  public Connection openForRows(Node node, Account account, Duration answerLimit) {
    Properties rows = new Properties();
    rows.setProperty("useServerPrepStmts", "true");
    rows.setProperty("useBulkStmts", "true");
    rows.setProperty("connectionCollation", "utf8mb4_bin");
    return connect(node, node.address(), account, answerLimit, rows);
  }

  private SqlLink open(Node node, Endpoint at, Account account, Duration answerLimit, ActLog log) {
    return new SqlLink(
        node, connect(node, at, account, answerLimit, new Properties()), answerLimit, log);
  }

  private Connection connect(
      Node node, Endpoint at, Account account, Duration answerLimit, Properties more) {
    String doing = "connecting to " + at + " as " + account.user();
    if (!HOST.matcher(at.host()).matches()) {
      throw new NodeException(
          node, doing, "not a host name or address", NodeException.Action.CORRECT_INPUT);
    }
    String password = secrets.resolve(account.password());
    Properties properties = new Properties();
    more.stringPropertyNames()
        .forEach(name -> properties.setProperty(name, more.getProperty(name)));
    properties.setProperty("user", account.user());
    properties.setProperty("password", password);
    properties.setProperty("sslMode", sslMode(node.tls()));
    properties.setProperty("connectTimeout", Long.toString(CONNECT_LIMIT.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(answerLimit.toMillis()));
    properties.setProperty("permitRedirect", "false");
    properties.setProperty("allowLocalInfile", "false");
    properties.setProperty("allowPublicKeyRetrieval", "true"); // MySQL without TLS
    properties.setProperty("tcpKeepAlive", "true");
    String host = at.host().contains(":") ? "[" + at.host() + "]" : at.host();
    try {
      return DriverManager.getConnection(
          "jdbc:mariadb://" + host + ":" + at.port() + "/", properties);
    } catch (SQLException e) {
      throw SqlErrors.translate(node, doing, e, password);
    }
  }

  private static String sslMode(Node.Tls tls) {
    return switch (tls) {
      case DISABLED -> "disable";
      case TRUST -> "trust";
      case VERIFY_CA -> "verify-ca";
      case VERIFY_FULL -> "verify-full";
    };
  }
}
