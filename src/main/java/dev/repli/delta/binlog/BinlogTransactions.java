package dev.repli.delta.binlog;

import dev.repli.database.Position;
import dev.repli.delta.LoggedTransaction;
import dev.repli.delta.TransactionLog;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Reads as a replica does, with the account of replication. */
@Component
final class BinlogTransactions implements TransactionLog {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private final Secrets secrets;

  BinlogTransactions(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public void read(Node node, String file, long offset, Predicate<LoggedTransaction> more) {
    Position from = new Position(Position.Kind.BINLOG_FILE, file + ":" + offset);
    String password = secrets.resolve(node.replication().password());
    TransactionBorders borders = new TransactionBorders(file, offset);
    try (BinlogFeed feed =
        new BinlogFeed(node, new ReplicaConnection(node, password, from, false))) {
      boolean goOn = true;
      while (goOn) {
        RawEvent event = feed.poll(LOOK);
        if (event != null) {
          goOn = borders.pass(event).filter(more.negate()).isEmpty();
        } else if (feed.isOver()) {
          Optional<LoggedTransaction> last = borders.end();
          var unusedNothingFollows = last.map(more::test);
          goOn = false;
        }
      }
    }
  }
}
