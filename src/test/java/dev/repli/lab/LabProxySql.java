package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.route.proxysql.ProxySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * ProxySQL in front of both servers, set up so that it can move Connector/J's sessions. Clients
 * reach it without TLS, the servers are reached with it.
 */
record LabProxySql(ProxySql proxy, Path secret) implements DemoRoute {

  /** After a cutover: sends all work to the target. */
  static LabProxySql start(Path directory, LabNodes nodes) throws IOException {
    return start(directory, nodes, Node.Role.TARGET);
  }

  static LabProxySql start(Path directory, LabNodes nodes, Node.Role writer) throws IOException {
    LabAccounts accounts = nodes.source().accounts();
    ProxySql proxy =
        ProxySql.start(
            Files.createDirectories(directory.resolve("proxysql")), accounts.application());
    proxy.run(
        user("app", accounts.application()),
        user("repli_probe", accounts.probe()),
        "LOAD MYSQL USERS TO RUNTIME",
        "INSERT INTO mysql_query_rules(rule_id,active,match_pattern,re_modifiers,OK_msg,apply)"
            + " VALUES (1,1,'^set sql_mode=CONCAT\\(@@sql_mode','CASELESS','',1)",
        "LOAD MYSQL QUERY RULES TO RUNTIME",
        server(10, nodes.in(writer)),
        server(20, nodes.in(writer.other())),
        "LOAD MYSQL SERVERS TO RUNTIME",
        "SAVE MYSQL SERVERS TO DISK");
    Path secret =
        Files.createFile(
            directory.resolve("proxysql-admin"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, ProxySql.ADMIN_PASSWORD);
    return new LabProxySql(proxy, secret);
  }

  /** How many connections it allows its servers, as a table of it says. */
  List<Integer> limits(String table) {
    List<Integer> limits = new ArrayList<>();
    try (Connection admin = proxy.admin();
        Statement statement = admin.createStatement();
        ResultSet rows = statement.executeQuery("SELECT max_connections FROM " + table)) {
      while (rows.next()) {
        limits.add(rows.getInt(1));
      }
      return limits;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String user(String name, String password) {
    return "INSERT INTO mysql_users(username,password,default_hostgroup) VALUES ('%s','%s',10)"
        .formatted(name, password);
  }

  private static String server(int hostgroup, MariaDbServer server) {
    return "INSERT INTO mysql_servers(hostgroup_id,hostname,port) VALUES (%d,'127.0.0.1',%d)"
        .formatted(hostgroup, server.port());
  }

  @Override
  public Endpoint endpoint() {
    return proxy.entrance();
  }

  @Override
  public String called() {
    return "ProxySQL";
  }

  @Override
  public String planEntry() {
    return """
        - type: proxysql
          name: proxysql
          endpoint: {host: 127.0.0.1, port: %d, tls: disabled}
          admin: {host: 127.0.0.1, port: %d}
          adminAccount: {user: admin, password: "file:%s"}
          writerHostgroup: 10
          readerHostgroup: 20
          drain: 1s
        """
        .formatted(proxy.entrance().port(), proxy.adminEndpoint().port(), secret);
  }

  @Override
  public void close() {
    proxy.close();
  }
}
