package dev.repli.delta.binlog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import dev.repli.database.NodeException;
import dev.repli.delta.NamedNode;
import dev.repli.plan.Node;
import java.time.Duration;
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
    Node node = NamedNode.of(Node.Role.TARGET);

    try (BinlogFeed feed = new BinlogFeed(node, broken, () -> {})) {
      assertThatThrownBy(() -> feed.poll(Duration.ofSeconds(10)))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("some/Part");
    }
  }
}
