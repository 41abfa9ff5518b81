package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.route.proxysql.ProxySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * ProxySQL in front of both servers, set up so that it can move Connector/J's sessions. Clients
 * reach it without TLS, the servers are reached with it.
 */
record LabProxySql(ProxySql proxy, Path secret) implements DemoRoute {

  static LabProxySql start(Path directory, LabNodes nodes) throws IOException {
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
        server(10, nodes.target()),
        server(20, nodes.source()),
        "LOAD MYSQL SERVERS TO RUNTIME");
    Path secret =
        Files.createFile(
            directory.resolve("proxysql-admin"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, ProxySql.ADMIN_PASSWORD);
    return new LabProxySql(proxy, secret);
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
