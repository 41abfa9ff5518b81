package dev.repli.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Database;
import dev.repli.database.DatabaseContract;
import dev.repli.database.NodeSession;
import dev.repli.database.ServerPair;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The port's contract on a pair of real servers of one release. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MariaDbContract extends DatabaseContract {
  private final ServerInstallation installation;
  protected ServerPair pair;
  private Database database;

  @SuppressWarnings("NullAway.Init") // servers are started before the first test
  MariaDbContract(ServerInstallation installation) {
    this.installation = installation;
  }

  @BeforeAll
  void startServers() {
    pair = new ServerPair(installation, installation);
    database = new MariaDbDatabase(pair.secrets());
    pair.writerIsSource();
    try (NodeSession session = connect(source())) {
      session.prepareProbe();
      session.prepareProbe();
    }
  }

  @AfterAll
  void stopServers() {
    pair.close();
  }

  @Override
  protected Database database() {
    return database;
  }

  @Override
  protected Node source() {
    return pair.sourceNode();
  }

  @Override
  protected Node target() {
    return pair.targetNode();
  }

  @Override
  protected Account probeAccount() {
    return ServerPair.account("repli_probe");
  }

  @Override
  protected String replicationPassword() {
    return pair.accounts().replication();
  }

  @Override
  protected void writerIsSource() {
    pair.writerIsSource();
  }

  @Override
  protected void eventually(Duration atMost, ThrowingConsumer<Void> condition) {
    Awaitility.await().atMost(atMost.multipliedBy(3)).untilAsserted(() -> condition.accept(null));
  }

  @Override
  protected void letPass(Duration time) {
    assertThat(
            connect(target())
                .queryText("SELECT SLEEP(" + time.toSeconds() + ")", time.multipliedBy(2)))
        .contains("0");
  }
}
