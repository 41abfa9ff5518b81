package dev.repli.delta.binlog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import dev.repli.database.NodeException;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BinlogFeedTest {
  /** Else who reads would wait for ever, as for a server on which nothing happens. */
  @Test
  void failsWhenItsThreadEndsWithAnError() {
    BinaryLogClient broken =
        new BinaryLogClient("db", 3306, "u", "p") {
          @Override
          public void connect() {
            throw new NoClassDefFoundError("some/Part");
          }
        };
    Account account = new Account("repli", new SecretRef("env:X"));
    Node node =
        new Node(
            Node.Role.TARGET,
            Node.Kind.MARIADB,
            new Endpoint("db", 3306),
            account,
            account,
            Node.Tls.DISABLED,
            Optional.empty());

    try (BinlogFeed feed = new BinlogFeed(node, broken, () -> {})) {
      assertThatThrownBy(() -> feed.poll(Duration.ofSeconds(10)))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("some/Part");
    }
  }
}
