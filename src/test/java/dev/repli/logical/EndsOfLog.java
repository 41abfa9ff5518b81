package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.InTheWayException;
import dev.repli.delta.LogGoneException;
import dev.repli.delta.Place;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A target's binary log without rows: it ends, or has a statement in the way, or is gone. */
final class EndsOfLog implements DeltaSource {
  private Optional<Statement> inTheWay = Optional.empty();
  private Optional<InTheWayException> unreadable = Optional.empty();
  private Set<String> passedOver = Set.of();
  private boolean gone;

  void stopAt(Statement statement) {
    inTheWay = Optional.of(statement);
  }

  void unreadable(InTheWayException why) {
    unreadable = Optional.of(why);
  }

  /** Changes of an abandoned table that cannot be read. */
  void passedOver(String table) {
    passedOver = Set.of(table);
  }

  void gone(boolean isGone) {
    gone = isGone;
  }

  @Override
  public DeltaStream open(Node node, DeltaRange range) {
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        unreadable.ifPresent(
            why -> {
              throw why;
            });
        return inTheWay
            .<DeltaEvent>map(statement -> statement)
            .orElseGet(() -> new DeltaEvent.Finished(new Place(range.to().orElseThrow(), "", 0)));
      }

      @Override
      public Set<String> passedOver() {
        assertThat(range.abandoned()).containsAll(passedOver);
        return passedOver;
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
