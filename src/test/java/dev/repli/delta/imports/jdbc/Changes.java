package dev.repli.delta.imports.jdbc;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.imports.ChangeFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Transactions that a test writes down. */
final class Changes implements ChangeFeed {
  private final List<List<RowChange>> transactions = new ArrayList<>();

  static Changes transaction(RowChange... changes) {
    return new Changes().and(changes);
  }

  Changes and(RowChange... changes) {
    transactions.add(List.of(changes));
    return this;
  }

  @Override
  public DeltaStream after(Optional<Place> place) {
    int from = place.map(at -> (int) at.offset() - 4).orElse(0);
    List<DeltaEvent> events = new ArrayList<>();
    for (int i = from; i < transactions.size(); i++) {
      events.add(new Begin("0-2-" + (5001 + i), place(i), Instant.EPOCH));
      events.addAll(transactions.get(i));
      events.add(new End(place(i + 1)));
    }
    events.add(new Finished(place(transactions.size())));
    Iterator<DeltaEvent> all = events.iterator();
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        return all.next();
      }

      @Override
      public void close() {}
    };
  }

  private static Place place(int done) {
    return new Place(
        new Position(Position.Kind.MARIADB_GTID, "0-2-" + (5000 + done)), "bin.000001", 4 + done);
  }
}
