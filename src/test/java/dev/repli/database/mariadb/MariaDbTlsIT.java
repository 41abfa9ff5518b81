package dev.repli.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.ActLog;
import dev.repli.database.Database;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.ServerPair;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Node;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each TLS setting of a plan, on servers whose certificates nobody has signed. */
class MariaDbTlsIT {
  private static ServerPair pair;
  private static Database database;

  @BeforeAll
  static void start() {
    // since 11.4 a server proves its certificate by the account's password; 10.11 cannot
    pair =
        new ServerPair(
            ServerInstallation.unpacked("mariadb-10.11"), ServerInstallation.fromMaven());
    database = new MariaDbDatabase(pair.secrets());
  }

  @AfterAll
  static void stop() {
    pair.close();
  }

  @Test
  void encryptsUnlessThePlanSaysNot() {
    for (Node node : new Node[] {pair.sourceNode(), pair.targetNode()}) {
      assertThat(cipher(node.withTls(Node.Tls.DISABLED))).isEmpty();
      assertThat(cipher(node.withTls(Node.Tls.TRUST))).startsWith("TLS");
    }
  }

  @Test
  void believesACertificateThatTheAccountsPasswordProves() {
    assertThat(cipher(pair.targetNode().withTls(Node.Tls.VERIFY_FULL))).startsWith("TLS");
  }

  @Test
  void refusesAServerWhoseCertificateNothingProves() {
    Node node = pair.sourceNode();
    for (Node.Tls tls : new Node.Tls[] {Node.Tls.VERIFY_CA, Node.Tls.VERIFY_FULL}) {
      assertThatThrownBy(() -> cipher(node.withTls(tls)))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining(node.address().toString())
          .hasMessageContaining("javax.net.ssl.trustStore");
    }
  }

  private static String cipher(Node node) {
    try (NodeSession session = database.connect(node, Duration.ofSeconds(10), ActLog.NONE)) {
      return session
          .queryText(
              "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS"
                  + " WHERE VARIABLE_NAME = 'SSL_CIPHER'",
              Duration.ofSeconds(5))
          .orElseThrow();
    }
  }
}
