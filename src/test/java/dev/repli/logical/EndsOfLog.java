package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.LogGoneException;
import dev.repli.delta.Place;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.Optional;

/** A target's binary log without rows: it ends, or has a statement in the way, or is gone. */
final class EndsOfLog implements DeltaSource {
  private Optional<Statement> inTheWay = Optional.empty();
  private boolean gone;

  void stopAt(Statement statement) {
    inTheWay = Optional.of(statement);
  }

  void gone(boolean isGone) {
    gone = isGone;
  }

  @Override
  public DeltaStream open(Node node, DeltaRange range) {
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        return inTheWay
            .<DeltaEvent>map(statement -> statement)
            .orElseGet(() -> new DeltaEvent.Finished(new Place(range.to().orElseThrow(), "", 0)));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void requireLog(Node node, Position from) {
    if (gone) {
      throw new LogGoneException(node, "purged");
    }
  }

  @Override
  public DeltaServer server(Node node) {
    return new DeltaServer(2, "", "11.8.6");
  }
}
