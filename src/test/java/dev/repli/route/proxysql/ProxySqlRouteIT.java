package dev.repli.route.proxysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.SecretRef;
import dev.repli.route.ActLog;
import dev.repli.route.ReadWeights;
import dev.repli.route.Route;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteContract;
import dev.repli.route.RouteException;
import dev.repli.route.RoutePlans;
import dev.repli.route.RouteSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a real ProxySQL in front of two real MariaDB servers; skipped where there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxySqlRouteIT extends RouteContract {
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** Keeps Connector/J's sessions movable, as docs tell operators who want that. */
  private static final String UNPIN =
      "INSERT INTO mysql_query_rules(rule_id,active,match_pattern,re_modifiers,OK_msg,apply)"
          + " VALUES (1,1,'^set sql_mode=CONCAT\\(@@sql_mode','CASELESS','',1)";

  /** What says that it is a read goes to the readers. */
  private static final String READS =
      "INSERT INTO mysql_query_rules(rule_id,active,match_pattern,destination_hostgroup,apply)"
          + " VALUES (2,1,'^SELECT /\\* read',20,1)";

  private final List<Connection> clients = new ArrayList<>();
  private LabAccounts accounts;
  private MariaDbServer source;
  private MariaDbServer target;
  private ProxySql proxy;

  @BeforeAll
  void startServers(@TempDir Path folder) throws Exception {
    assumeThat(ProxySql.program())
        .as("proxysql is not installed, so nothing of it is tested here")
        .isPresent();
    accounts = LabAccounts.random();
    ServerInstallation mariadb = ServerInstallation.fromMaven();
    source = MariaDbServer.start(mariadb, ServerSettings.of(1), accounts, folder.resolve("one"));
    target = MariaDbServer.start(mariadb, ServerSettings.of(2), accounts, folder.resolve("two"));
  }

  @AfterAll
  void stopServers() {
    if (source != null) {
      source.close();
    }
    if (target != null) {
      target.close();
    }
  }

  @BeforeEach
  void startProxy(@TempDir Path folder) {
    source.run(true, "SET GLOBAL read_only=0");
    target.run(true, "SET GLOBAL read_only=1");
    proxy = ProxySql.start(folder, accounts.application());
    proxy.run(
        "INSERT INTO mysql_users(username,password,default_hostgroup) VALUES ('app','"
            + accounts.application()
            + "',10)",
        "LOAD MYSQL USERS TO RUNTIME",
        UNPIN,
        READS,
        "LOAD MYSQL QUERY RULES TO RUNTIME",
        insert(10, source, "ONLINE", "max_connections,comment", "123,'it''s db1'"),
        insert(20, target, "ONLINE", "max_connections,weight,comment", "77,0,'db2'"),
        insert(20, source, "ONLINE", "max_connections,weight,comment", "123,3,'it''s db1'"),
        insert(30, target, "ONLINE", "comment", "'another hostgroup'"),
        ServerSql.TO_RUNTIME);
  }

  private static String insert(
      int hostgroup, MariaDbServer server, String status, String columns, String values) {
    return "INSERT INTO mysql_servers(hostgroup_id,hostname,port,status,%s) VALUES (%d,'127.0.0.1',%d,'%s',%s)"
        .formatted(columns, hostgroup, server.port(), status, values);
  }

  @AfterEach
  void stopProxy() throws SQLException {
    for (Connection client : clients) {
      client.close();
    }
    clients.clear();
    if (proxy != null) {
      proxy.close();
    }
  }

  @Override
  protected Route route() {
    return new ProxySqlRoute(reference -> ProxySql.ADMIN_PASSWORD);
  }

  @Override
  protected RouteSpec.ProxySql spec() {
    return spec(proxy.adminEndpoint());
  }

  private static RouteSpec.ProxySql spec(Endpoint admin) {
    return new RouteSpec.ProxySql(
        "proxy",
        Optional.empty(),
        admin,
        new Account("admin", new SecretRef("env:PROXYSQL_ADMIN")),
        10,
        20,
        DRAIN);
  }

  @Override
  protected RouteSpec unreachable() {
    return spec(new Endpoint("127.0.0.1", 1));
  }

  @Override
  protected Plan plan() {
    return RoutePlans.plan(at(source), at(target), spec());
  }

  private static Endpoint at(MariaDbServer server) {
    return new Endpoint("127.0.0.1", server.port());
  }

  @Override
  protected Node.Role whoAnswers() {
    try (Connection client = proxy.client("app", accounts.application())) {
      return serverOf(client);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected boolean limitsConnections() {
    return true;
  }

  @Override
  protected boolean spreadsReads() {
    return true;
  }

  @Override
  protected Node.Role whoReads() {
    try (Connection client = proxy.client("app", accounts.application())) {
      return answerTo("SELECT /* read */ @@server_id", client);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Node.Role serverOf(Connection client) throws SQLException {
    return answerTo("SELECT @@server_id", client);
  }

  private static Node.Role answerTo(String sql, Connection client) throws SQLException {
    try (Statement statement = client.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1) == 1 ? Node.Role.SOURCE : Node.Role.TARGET;
    }
  }

  /** A client with a transaction open: ProxySQL cannot move it. */
  @Override
  protected Optional<Client> comeAndStay() {
    try {
      Connection client = proxy.client("app", accounts.application());
      clients.add(client);
      client.setAutoCommit(false);
      assertThat(serverOf(client)).isEqualTo(Node.Role.SOURCE);
      return Optional.of(() -> isAlive(client));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isAlive(Connection client) {
    try {
      return serverOf(client) == Node.Role.SOURCE;
    } catch (SQLException e) {
      return false;
    }
  }

  private CompletableFuture<Node.Role> ask() {
    return CompletableFuture.supplyAsync(this::whoAnswers);
  }

  private void assertRefused(String because) {
    assertThatThrownBy(() -> route().connect(spec(), plan(), ActLog.NONE).close())
        .isInstanceOf(RouteException.class)
        .hasMessageStartingWith("route proxy: ")
        .hasMessageContaining(because);
  }

  @Test
  void keepsQueriesWaitingWithoutAnErrorUntilAnotherWriterIsThere() {
    try (RouteSession session = connect()) {
      assertThat(session.hold(Node.Role.SOURCE, DRAIN)).isZero();
      CompletableFuture<Node.Role> waiting = ask();
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      assertThat(waiting).isNotDone();

      session.routeTo(Node.Role.TARGET);
      assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Node.Role.TARGET);
    }
  }

  @Test
  void letsNoMoreConnectionsInThanAllowedAndMovesThoseThatWait() {
    comeAndStay();
    comeAndStay();
    try (RouteSession session = connect()) {
      assertThat(session.limit(Node.Role.SOURCE).orElseThrow().open()).isEqualTo(2);
      session.limit(Node.Role.SOURCE, 2);
      CompletableFuture<Node.Role> waiting = ask();
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      assertThat(waiting).isNotDone();
      assertThat(session.hold(Node.Role.SOURCE, Duration.ofMillis(50))).isEqualTo(2);
      session.routeTo(Node.Role.TARGET);
      assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Node.Role.TARGET);
    }
  }

  @Test
  void letsThoseThatWaitInWhenTheLimitIsGivenBack() {
    comeAndStay();
    try (RouteSession session = connect()) {
      session.limit(Node.Role.SOURCE, 1);
      CompletableFuture<Node.Role> waiting = ask();
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      assertThat(waiting).isNotDone();
      session.limit(Node.Role.SOURCE, 123);
      assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Node.Role.SOURCE);
    }
  }

  @Test
  void goesOnWhereAKilledSessionHadNotLoadedALimit() {
    proxy.run("UPDATE mysql_servers SET max_connections=7 WHERE hostgroup_id=10");
    try (RouteSession session = connect()) {
      assertThat(session.limit(Node.Role.SOURCE).orElseThrow().atMost()).isEqualTo(123);
      session.limit(Node.Role.SOURCE, 11);
    }
    assertThat(limits("runtime_mysql_servers")).isEqualTo("11,77,123");
  }

  private String limits(String table) {
    return proxy.ask(
        "SELECT max_connections FROM "
            + table
            + " WHERE hostgroup_id IN (10,20) ORDER BY hostgroup_id,max_connections");
  }

  @Test
  void givesALimitBackAlthoughTheReadOnlyMonitorMovedTheServer() {
    proxy.run(
        "DELETE FROM mysql_servers WHERE hostgroup_id=20 AND port=" + source.port(),
        "INSERT INTO mysql_replication_hostgroups VALUES (10,20,'read_only','')",
        "LOAD MYSQL SERVERS TO RUNTIME");
    try (RouteSession session = connect()) {
      session.limit(Node.Role.SOURCE, 11);
      source.run(true, "SET GLOBAL read_only=1");
      await().until(() -> session.look().writer().isEmpty());
      session.limit(Node.Role.SOURCE, 123);
      assertThat(session.limit(Node.Role.SOURCE).orElseThrow().atMost()).isEqualTo(123);
      assertThat(limits("runtime_mysql_servers")).doesNotContain("11");
    }
  }

  @Test
  void waitsNoLongerForWorkInFlightThanAllowedAndCountsIt() {
    comeAndStay();
    try (RouteSession session = connect()) {
      long start = System.nanoTime();
      assertThat(session.hold(Node.Role.SOURCE, Duration.ofMillis(300))).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
      session.release(Node.Role.SOURCE);
      assertThat(whoAnswers()).isEqualTo(Node.Role.SOURCE);
    }
  }

  @Test
  void leavesWorkInFlightOnTheOldWriterInsteadOfRunningItTwice() throws SQLException {
    prepareTable();
    try (RouteSession session = connect()) {
      CompletableFuture<Void> writing = CompletableFuture.runAsync(this::insertSlowly);
      await().until(() -> session.look().sessionsOnSource() == 1);
      session.routeTo(Node.Role.TARGET);
      assertThat(writing).succeedsWithin(Duration.ofSeconds(10));
    }
    assertThat(rows(source)).isEqualTo(1);
    assertThat(rows(target)).isZero();
  }

  /** Why no row is ever deleted; also shows that the test before this one would see it. */
  @Test
  void wouldRunWorkTwiceIfTheOldWriterWereDeleted() throws SQLException {
    prepareTable();
    try (RouteSession session = connect()) {
      CompletableFuture<Void> writing = CompletableFuture.runAsync(this::insertSlowly);
      await().until(() -> session.look().sessionsOnSource() == 1);
      proxy.run(
          "DELETE FROM mysql_servers WHERE hostgroup_id=10",
          insert(10, target, "ONLINE", "comment", "'new'"),
          ServerSql.TO_RUNTIME);
      assertThat(writing).succeedsWithin(Duration.ofSeconds(10));
    }
    await().untilAsserted(() -> assertThat(rows(source)).isEqualTo(1));
    assertThat(rows(target)).isEqualTo(1);
  }

  private void prepareTable() {
    for (MariaDbServer server : List.of(source, target)) {
      server.run(
          true,
          "CREATE DATABASE IF NOT EXISTS app",
          "CREATE OR REPLACE TABLE app.t(id INT)",
          "SET GLOBAL read_only=0");
    }
  }

  private void insertSlowly() {
    try (Connection client = proxy.client("app", accounts.application());
        Statement statement = client.createStatement()) {
      statement.execute("INSERT INTO app.t SELECT 1+SLEEP(1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int rows(MariaDbServer server) throws SQLException {
    try (Connection admin = server.admin();
        Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM app.t")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void keepsEachServersSettingsAndOtherHostgroups() {
    try (RouteSession session = connect()) {
      session.routeTo(Node.Role.TARGET);
      session.routeTo(Node.Role.SOURCE);
      session.routeTo(Node.Role.TARGET);
      session.save();
    }
    String settings =
        "SELECT hostgroup_id||' '||status||' '||max_connections||' '||weight||' '||comment FROM %s"
            + " ORDER BY hostgroup_id,comment";
    String expected =
        "10 ONLINE 77 1 db2,10 OFFLINE_SOFT 123 1 it's db1,20 ONLINE 77 0 db2,"
            + "20 ONLINE 123 3 it's db1,"
            + "30 ONLINE 1000 1 another hostgroup";
    assertThat(proxy.ask(settings.formatted("runtime_mysql_servers"))).isEqualTo(expected);
    assertThat(proxy.ask(settings.formatted("disk.mysql_servers"))).isEqualTo(expected);
  }

  @Test
  void sendsTheStatementsThatWereMeasured() {
    try (RouteSession session = connect()) {
      assertThat(session.commands(RouteAct.HOLD, Node.Role.SOURCE))
          .containsExactly(
              "SAVE MYSQL SERVERS FROM RUNTIME",
              "UPDATE mysql_servers SET status='OFFLINE_SOFT' WHERE hostgroup_id=10"
                  + " AND hostname='127.0.0.1' AND port="
                  + source.port(),
              "LOAD MYSQL SERVERS TO RUNTIME");
      for (RouteAct act : RouteAct.values()) {
        assertThat(session.commands(act, Node.Role.SOURCE))
            .noneMatch(sql -> sql.contains("OFFLINE_HARD") || sql.contains("DELETE"));
      }
    }
  }

  @Test
  void worksWhileTheReadOnlyMonitorMovesServers() throws Exception {
    proxy.run(
        "INSERT INTO mysql_replication_hostgroups VALUES (10,20,'read_only','')",
        "LOAD MYSQL SERVERS TO RUNTIME");
    try (RouteSession session = connect()) {
      session.hold(Node.Role.SOURCE, DRAIN);
      source.run(true, "SET GLOBAL read_only=1");
      target.run(true, "SET GLOBAL read_only=0");
      session.routeTo(Node.Role.TARGET);
      assertThat(whoAnswers()).isEqualTo(Node.Role.TARGET);
      // several rounds of the monitor later
      await()
          .during(Duration.ofMillis(1_500))
          .atMost(Duration.ofSeconds(5))
          .until(() -> session.look().writer().equals(Optional.of(Node.Role.TARGET)));

      session.hold(Node.Role.TARGET, DRAIN);
      target.run(true, "SET GLOBAL read_only=1");
      source.run(true, "SET GLOBAL read_only=0");
      session.routeTo(Node.Role.SOURCE);
      assertThat(whoAnswers()).isEqualTo(Node.Role.SOURCE);
    }
  }

  @Test
  void handsAWriterOutAgainThatTheMonitorHadTakenAway() {
    proxy.run(
        "INSERT INTO mysql_replication_hostgroups VALUES (10,20,'read_only','')",
        "LOAD MYSQL SERVERS TO RUNTIME");
    try (RouteSession session = connect()) {
      session.hold(Node.Role.SOURCE, DRAIN);
      source.run(true, "SET GLOBAL read_only=1");
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      source.run(true, "SET GLOBAL read_only=0");
      session.release(Node.Role.SOURCE);
      assertThat(whoAnswers()).isEqualTo(Node.Role.SOURCE);
      assertThat(session.look().writer()).contains(Node.Role.SOURCE);
    }
  }

  @Test
  void refusesChangesThatSomebodyDidNotLoad() {
    proxy.run("UPDATE mysql_servers SET max_connections=5 WHERE hostgroup_id=30");
    assertRefused("SAVE MYSQL SERVERS FROM RUNTIME to drop it");
    proxy.run(ServerSql.FROM_RUNTIME, "UPDATE mysql_servers SET weight=9 WHERE hostgroup_id=10");
    assertRefused("SAVE MYSQL SERVERS FROM RUNTIME to drop it");
  }

  @Test
  void goesOnWhereAKilledSessionHadNotLoadedAReadersWeight() {
    proxy.run("UPDATE mysql_servers SET weight=9 WHERE hostgroup_id=20");
    try (RouteSession session = connect()) {
      ReadWeights before = session.reads().orElseThrow().weights();
      session.spreadReads(before.withTargetShare(25));
      session.save();
    }
    String weights = "SELECT weight FROM %s WHERE hostgroup_id=20 ORDER BY weight";
    assertThat(proxy.ask(weights.formatted("runtime_mysql_servers"))).isEqualTo("75,225");
    assertThat(proxy.ask(weights.formatted("disk.mysql_servers"))).isEqualTo("75,225");
  }

  @Test
  void makesAWriterOfAReaderThatGetsNoReads() {
    try (RouteSession session = connect()) {
      session.routeTo(Node.Role.TARGET);
      assertThat(whoAnswers()).isEqualTo(Node.Role.TARGET);
    }
    assertThat(
            proxy.ask(
                "SELECT weight FROM runtime_mysql_servers WHERE hostgroup_id=10 AND status='ONLINE'"))
        .isEqualTo("1");
  }

  @Test
  void saysThatTheTargetIsNoReader() {
    proxy.run(
        "UPDATE mysql_servers SET hostgroup_id=10, status='OFFLINE_SOFT' WHERE hostgroup_id=20"
            + " AND port="
            + target.port(),
        ServerSql.TO_RUNTIME);
    try (RouteSession session = connect()) {
      assertThatThrownBy(session::reads)
          .isInstanceOf(RouteException.class)
          .hasMessageContaining("is not in hostgroup 20; add it there with weight 0");
    }
  }

  @Test
  void refusesAServerThatProxySqlDoesNotKnow() {
    proxy.run("DELETE FROM mysql_servers WHERE hostgroup_id=20", ServerSql.TO_RUNTIME);
    assertRefused("127.0.0.1:" + target.port() + " is in neither hostgroup");
  }

  @Test
  void refusesAThirdWriter() {
    proxy.run(
        "INSERT INTO mysql_servers(hostgroup_id,hostname,port) VALUES (10,'127.0.0.9',3306)",
        ServerSql.TO_RUNTIME);
    assertRefused("gets writes, too: 127.0.0.9:3306 ONLINE in 10");
  }

  @Test
  void refusesADatabaseServerInPlaceOfTheAdminPort() {
    Route route = new ProxySqlRoute(reference -> accounts.application());
    RouteSpec.ProxySql wrong =
        new RouteSpec.ProxySql(
            "proxy",
            Optional.empty(),
            at(source),
            new Account("app", new SecretRef("env:ANY")),
            10,
            20,
            DRAIN);
    assertThatThrownBy(() -> route.connect(wrong, plan(), ActLog.NONE))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("is no ProxySQL admin port");
  }

  @Test
  void doesNotShowThePasswordThatWasRefused() {
    Route route = new ProxySqlRoute(reference -> "wrong-and-secret");
    assertThatThrownBy(() -> route.connect(spec(), plan(), ActLog.NONE))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("connect to the admin port")
        .hasMessageNotContaining("wrong-and-secret");
  }
}
