package dev.repli.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Fence;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.database.NodeSession.ProbeRow;
import dev.repli.database.PlannedAct;
import dev.repli.database.Position;
import dev.repli.database.ProbeConnection.Ack;
import dev.repli.database.ServerPair;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only real servers can show, on each release. */
abstract class MariaDbSwitchContract extends MariaDbContract {
  private static final Duration SECOND = Duration.ofSeconds(1);

  MariaDbSwitchContract(ServerInstallation installation) {
    super(installation);
  }

  @BeforeAll
  void createTable() {
    pair.source().run(false, "CREATE TABLE IF NOT EXISTS app.t (id INT PRIMARY KEY)");
  }

  @Test
  void theDeadMansSwitchOutlivesTheKillOfItsClientAndFiresOnTime()
      throws IOException, InterruptedException {
    NodeSession witness = connect(source());
    witness.events(true);
    Position before = witness.position();
    byte[] password = pair.accounts().repli().getBytes(StandardCharsets.UTF_8);
    Process commander =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ArmAndWait.class.getName(),
                Integer.toString(source().address().port()),
                "3000",
                Integer.toString(password.length))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      commander.getOutputStream().write(password);
      commander.getOutputStream().flush();
      assertThat(commander.inputReader().readLine()).isEqualTo("fenced");
      long fenced = System.nanoTime();
      commander.destroyForcibly().waitFor();
      assertThat(witness.isFenced()).isTrue();
      eventually(SECOND.multipliedBy(5), nothing -> assertThat(witness.isFenced()).isFalse());
      double seconds = (System.nanoTime() - fenced) / 1e9;

      assertThat(seconds).isCloseTo(3.0, within(1.0));
      assertThat(witness.position()).isEqualTo(before);
      eventually(SECOND, nothing -> assertThat(witness.look().eventsOn()).isTrue());
    } finally {
      commander.destroyForcibly();
    }
  }

  @Test
  void cancellingInTheInstantOfFiringLeavesNoSwitchBehind() {
    NodeSession witness = connect(source());
    int stillFenced = 0;
    for (int i = 0; i < 12; i++) {
      NodeSession commander = commander(source());
      commander.armDeadMan(Duration.ofMillis(200));
      commander.fence(SECOND);
      witness.queryText("SELECT SLEEP(" + (0.160 + i * 0.005) + ")", SECOND);
      commander.cancelDeadMan();
      boolean fenced = commander.isFenced();
      witness.queryText("SELECT SLEEP(0.1)", SECOND);
      assertThat(witness.isFenced())
          .as("what was read after the cancel stays true")
          .isEqualTo(fenced);
      stillFenced += fenced ? 1 : 0;
      commander.open();
      commander.close();
    }
    assertThat(log).filteredOn(line -> line.startsWith("BEGIN NOT ATOMIC")).hasSize(12);
    assertThat(stillFenced).isBetween(0, 12);
  }

  @Test
  void aBlockedFenceNamesWhoIsInTheWayAndLeavesTheNodeAsItWas() throws SQLException {
    NodeSession source = commander(source());
    source.events(true);
    try (Connection application = pair.source().application();
        Statement statement = application.createStatement()) {
      statement.execute("LOCK TABLES app.t WRITE");
      Fence fence = source.fence(SECOND);

      assertThat(fence).isInstanceOf(Fence.Blocked.class);
      List<Fence.Blocker> blockers = ((Fence.Blocked) fence).blockers();
      assertThat(blockers).extracting(Fence.Blocker::user).containsExactly("app");
      assertThat(source.isFenced()).isFalse();
      assertThat(source.look().eventsOn()).isTrue();
      assertThat(source.fenceRisks())
          .extracting(FenceRisk::kind)
          .contains(FenceRisk.Kind.TABLE_LOCK);

      source.endSession(blockers.get(0).sessionId());
      source.endSession(blockers.get(0).sessionId());
      assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void anOpenTransactionIsNamedAndRefusedAtCommit() throws SQLException {
    NodeSession source = commander(source());
    try (Connection application = pair.source().application();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute("REPLACE INTO app.t VALUES (1)");
      source.fence(SECOND);

      assertThat(source.openTransactions()).singleElement().asString().startsWith("app@");
      assertThatThrownBy(application::commit).hasMessageContaining("read-only");
    }
  }

  /** Written without a pause while the fence closes: none of them comes after it. */
  @Test
  void noCanaryOfTheWriterComesAfterItsFence() throws Exception {
    NodeSession source = commander(source());
    NodeSession looking = connect(source());
    looking.prepareProbe();
    for (int round = 0; round < 10; round++) {
      CountDownLatch begun = new CountDownLatch(20);
      String run = "sealed-" + round;
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> writeUntilFenced(looking, run, begun));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
      Position sealed = source.position();

      assertThatThrownBy(() -> writing.get(30, TimeUnit.SECONDS))
          .hasMessageContaining("fenced meanwhile");
      assertThat(source.position()).isEqualTo(sealed);
      source.open();
    }
  }

  private static void writeUntilFenced(NodeSession on, String run, CountDownLatch begun) {
    for (int id = 0; ; id++) {
      on.canary().write(run, Integer.toString(id));
      begun.countDown();
    }
  }

  @Test
  void endingApplicationSessionsSparesReplicasAndRepli() throws SQLException {
    NodeSession source = commander(source());
    try (Connection application = pair.source().application();
        Statement statement = application.createStatement()) {
      assertThat(source.endApplicationSessions())
          .singleElement()
          .asString()
          .startsWith("app@127.0.0.1");
      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
    }
    assertThat(source.holdsCommand()).isTrue();
    assertThat(connect(target()).replication().receiving()).isTrue();
  }

  @Test
  void whatCouldBreakTheFenceIsListed() throws SQLException {
    NodeSession source = connect(source());
    assertThat(source.fenceRisks()).noneMatch(FenceRisk::blocks);
    try (Connection admin = pair.source().admin();
        Connection application = pair.source().application();
        Statement statement = application.createStatement()) {
      statement.execute("XA START 'x1'");
      statement.execute("REPLACE INTO app.t VALUES (2)");
      statement.execute("XA END 'x1'");
      letPass(SECOND.multipliedBy(3));
      assertThat(source.fenceRisks())
          .extracting(FenceRisk::kind)
          .contains(FenceRisk.Kind.LONG_TRANSACTION);
      statement.execute("XA PREPARE 'x1'");

      assertThat(source.fenceRisks())
          .filteredOn(FenceRisk::blocks)
          .extracting(FenceRisk::kind)
          .containsExactlyInAnyOrder(FenceRisk.Kind.PRIVILEGED_ACCOUNT, FenceRisk.Kind.PREPARED_XA);
      statement.execute("XA ROLLBACK 'x1'");
      assertThat(admin.isValid(1)).isTrue();
    }
  }

  @Test
  void anEventThatReplicationSwitchedOffIsEnabledWithItsDefinerKept() {
    NodeSession source = connect(source());
    NodeSession target = connect(target());
    pair.source()
        .run(
            false,
            "DROP EVENT IF EXISTS app.nightly",
            "CREATE DEFINER='app'@'%' EVENT app.nightly ON SCHEDULE EVERY 1 DAY DO SET @a = 1");
    target.waitFor(source.position(), SECOND.multipliedBy(10));
    assertThat(target.look().enabledEvents()).doesNotContain("app.nightly");
    target.stopReplication();
    Position before = target.position();
    target.enableEvents(List.of("app.nightly"));

    assertThat(target.look().enabledEvents()).contains("app.nightly");
    assertThat(target.position()).isEqualTo(before);
    assertThat(
            target.queryText(
                "SELECT definer FROM information_schema.events WHERE event_name = 'nightly'",
                SECOND))
        .contains("app@%");
    pair.source().run(false, "DROP EVENT app.nightly");
  }

  @Test
  void aFenceInTheOptionFileOutlivesARestart() throws IOException {
    Node plain = source();
    Node node =
        new Node(
            plain.role(),
            plain.kind(),
            plain.address(),
            plain.account(),
            plain.replication(),
            plain.tls(),
            Optional.of(pair.source().fenceFile()));
    NodeSession source = commander(node);
    source.draftFence();
    assertThat(Files.exists(pair.source().fenceFile())).as("read by the server").isFalse();
    source.fence(SECOND);
    assertThat(source.persistFence(true)).isTrue();
    pair.source().kill();
    pair.source().restart();
    NodeSession after = connect(node);
    assertThat(after.isFenced()).isTrue();
    assertThat(after.look().eventsOn()).isFalse();
    assertThatThrownBy(source::isFenced).isInstanceOf(NodeException.class);

    assertThat(after.persistFence(false)).isTrue();
    assertThat(pair.source().fenceFile().getParent()).isEmptyDirectory();
  }

  @Test
  void whatAnAccountLacksIsNamed() {
    Node node = withAccount(source(), "repli_probe");
    assertThat(connect(node).missingPrivileges())
        .contains("READ_ONLY ADMIN", "SUPER", "CONNECTION ADMIN", "PROCESS", "EVENT", "RELOAD");
  }

  @Test
  void aRefusedAccountIsForPeopleToCorrectAndItsPasswordIsNotShown() {
    Node node = withAccount(source(), "app");
    MariaDbDatabase wrong = new MariaDbDatabase(reference -> "wrong-secret");
    assertThatThrownBy(() -> wrong.connect(node, SECOND, ActLog.NONE))
        .isInstanceOfSatisfying(
            NodeException.class,
            e -> assertThat(e.action()).isEqualTo(NodeException.Action.CORRECT_INPUT))
        .hasMessageContaining(node.label())
        .hasMessageNotContaining("wrong-secret");
  }

  @Test
  void aNodeThatDoesNotListenIsWorthAnotherTry() {
    Node node = source();
    Node nobody =
        new Node(
            node.role(),
            node.kind(),
            new Endpoint("127.0.0.1", 1),
            node.account(),
            node.replication(),
            node.tls(),
            node.fenceFile());
    assertThatThrownBy(() -> connect(nobody))
        .isInstanceOfSatisfying(
            NodeException.class,
            e -> assertThat(e.action()).isEqualTo(NodeException.Action.WAIT_AND_RETRY))
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void aConnectionIsEncryptedWhereThePlanSaysSo() {
    Node node = source();
    Node encrypted =
        new Node(
            node.role(),
            node.kind(),
            node.address(),
            node.account(),
            node.replication(),
            Node.Tls.TRUST,
            node.fenceFile());
    String cipher =
        "SELECT variable_value FROM information_schema.session_status"
            + " WHERE variable_name = 'Ssl_cipher'";
    assertThat(connect(encrypted).queryText(cipher, SECOND)).get().asString().isNotEmpty();
    assertThat(connect(node).queryText(cipher, SECOND)).contains("");
  }

  /** The column's default knows it, so that the write itself can do without {@code @}. */
  @ParameterizedTest
  @CsvSource({"ROW,FULL", "ROW,MINIMAL", "MIXED,FULL"})
  void theServerThatTookAProbeRowIsKnownOnBothNodes(String format, String image) {
    NodeSession source = connect(source());
    NodeSession target = connect(target());
    logs(format, image);
    try {
      assertThat(write(source(), "1")).isEqualTo(new Ack.Acknowledged());
    } finally {
      logs("ROW", "FULL");
    }
    Map<String, ProbeRow> expected = Map.of("1", new ProbeRow(1, source.look().serverId()));
    assertThat(source.findProbeRows(run, Optional.empty())).isEqualTo(expected);
    assertThat(target.waitFor(source.position(), SECOND.multipliedBy(10)))
        .isInstanceOf(CatchUp.Reached.class);
    assertThat(target.findProbeRows(run, Optional.empty())).isEqualTo(expected);
  }

  private void logs(String format, String image) {
    pair.source()
        .run(true, "SET GLOBAL binlog_format=" + format, "SET GLOBAL binlog_row_image=" + image);
  }

  @Test
  void aCheckOfThePlanCannotWriteAndIsEndedByTheServer() {
    NodeSession source = connect(source());
    assertThatThrownBy(() -> source.queryText("DELETE FROM repli_probe.probe_write", SECOND))
        .isInstanceOf(NodeException.class);
    assertThatThrownBy(() -> source.queryText("SELECT SLEEP(30) FROM mysql.global_priv", SECOND))
        .isInstanceOf(NodeException.class);
    assertThat(source.queryText("SELECT 40 + 2", SECOND)).contains("42");
  }

  @Test
  void aDryRunOfAWholeSwitchChangesNothing() throws SQLException {
    List<PlannedAct> acts = new ArrayList<>();
    Databases dry = new Databases(List.of(database())).dryRun(acts::add);
    Map<String, String> sourceBefore = state(pair, true);
    Map<String, String> targetBefore = state(pair, false);
    try (NodeSession source = dry.connect(source(), LEASE, ActLog.NONE);
        NodeSession target = dry.connect(target(), LEASE, ActLog.NONE)) {
      source.takeCommand("repli/dry", "i");
      target.takeCommand("repli/dry", "i");
      source.armDeadMan(LEASE);
      assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
      target.waitFor(source.position(), SECOND);
      source.cancelDeadMan();
      target.stopReplication();
      target.open();
      source.endApplicationSessions();
      target.resetReplication();
      source.replicateFrom(target(), replicationPassword());
    }

    assertThat(state(pair, true)).isEqualTo(sourceBefore);
    assertThat(state(pair, false)).isEqualTo(targetBefore);
    assertThat(acts)
        .extracting(PlannedAct::statement)
        .contains(
            "SET GLOBAL read_only = ON",
            "SET GLOBAL event_scheduler = OFF",
            "STOP SLAVE",
            "SET GLOBAL read_only = OFF",
            "START SLAVE")
        .noneMatch(act -> act.contains(replicationPassword()));
  }

  private static Node withAccount(Node node, String user) {
    return new Node(
        node.role(),
        node.kind(),
        node.address(),
        ServerPair.account(user),
        node.replication(),
        node.tls(),
        node.fenceFile());
  }

  /** Settings, position, replication and sessions; without what the clock moves. */
  private static Map<String, String> state(ServerPair pair, boolean ofSource) throws SQLException {
    Map<String, String> state = new TreeMap<>();
    try (Connection admin = ofSource ? pair.source().admin() : pair.target().admin();
        Statement statement = admin.createStatement()) {
      try (var rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
        while (rows.next()) {
          state.put(rows.getString(1), String.valueOf(rows.getString(2)));
        }
      }
      String sessions =
          "SELECT id, user FROM information_schema.processlist"
              + " WHERE user NOT IN ('repli', 'lab')";
      try (var rows = statement.executeQuery(sessions)) {
        while (rows.next()) {
          state.put("session " + rows.getString(1), rows.getString(2));
        }
      }
      try (var rows = statement.executeQuery("SHOW SLAVE STATUS")) {
        while (rows.next()) {
          state.put("replicates from", rows.getString("Master_Port"));
          state.put("applying", rows.getString("Slave_SQL_Running"));
        }
      }
    }
    return state;
  }
}
