package dev.repli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
  @ParameterizedTest
  @CsvSource({
    "MARIADB, MARIADB, REPLICATION",
    "MYSQL,   MYSQL,   REPLICATION",
    "MYSQL,   MARIADB, REPLICATION",
    "MARIADB, MYSQL,   STREAM"
  })
  void onlyMySqlCannotReadWhatMariaDbWrites(Node.Kind writer, Node.Kind follower, Transport how) {
    assertThat(Transport.of(node(writer), node(follower))).isEqualTo(how);
  }

  private static Node node(Node.Kind kind) {
    Account account = new Account("repli", new SecretRef("env:REPLI"));
    return new Node(
        Node.Role.SOURCE,
        kind,
        new Endpoint("127.0.0.1", 3306),
        account,
        account,
        Node.Tls.DISABLED,
        Optional.empty());
  }
}
