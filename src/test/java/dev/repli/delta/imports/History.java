package dev.repli.delta.imports;

import dev.repli.database.Position;
import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** What a target did after a cutover: the same for the same seed. */
public final class History implements ChangeFeed {
  public static final DeltaTable THINGS = table("things");

  /** The transactions, each a list of changes. */
  public final List<List<RowChange>> transactions = new ArrayList<>();

  /** The rows at the end, by key. */
  public final Map<Integer, Row> rows;

  private final Random random;
  private final int keys;
  private int serial;

  private History(long seed, Map<Integer, Row> before, int keys) {
    this.random = new Random(seed);
    this.rows = new TreeMap<>(before);
    this.keys = keys;
  }

  /**
   * @param keys so many different rows: few make many changes of each
   */
  public static History random(
      long seed, Map<Integer, Row> before, int keys, int transactions, int mostChanges) {
    History history = new History(seed, before, keys);
    for (int i = 0; i < transactions; i++) {
      List<RowChange> changes = new ArrayList<>();
      int wanted = 1 + history.random.nextInt(mostChanges);
      while (changes.size() < wanted) {
        changes.add(history.change());
      }
      history.transactions.add(changes);
    }
    return history;
  }

  private RowChange change() {
    int key = random.nextInt(keys);
    Row before = rows.get(key);
    if (before == null) {
      Row after = row(key, "new " + serial++, random.nextInt(1000));
      rows.put(key, after);
      return new Insert(THINGS, after);
    }
    int what = random.nextInt(10);
    int other = random.nextInt(keys);
    if (what < 2) {
      rows.remove(key);
      return new Delete(THINGS, before);
    }
    boolean moves = what < 4 && !rows.containsKey(other);
    // sometimes back to a value that was there before
    String name = what < 7 ? "value " + random.nextInt(3) : "changed " + serial++;
    Row after = row(moves ? other : key, name, random.nextInt(3));
    rows.remove(key);
    rows.put(moves ? other : key, after);
    return new Update(THINGS, before, after);
  }

  public static DeltaTable table(String name) {
    return new DeltaTable(
        "app",
        name,
        List.of(
            new DeltaColumn("id", ColumnKind.INT, false, false, 0, 0, "", List.of(), false),
            new DeltaColumn(
                "name", ColumnKind.VARCHAR, false, true, 0, 0, "utf8mb4", List.of(), false),
            new DeltaColumn("amount", ColumnKind.INT, false, true, 0, 0, "", List.of(), false)),
        List.of(0));
  }

  public static Row row(int id, String name, int amount) {
    return Row.of(
        new Cell.Text(Integer.toString(id)),
        new Cell.Text(name),
        new Cell.Text(Integer.toString(amount)));
  }

  public static int key(Row row) {
    return Integer.parseInt(((Cell.Text) row.cell(0)).value());
  }

  public long changes() {
    return transactions.stream().mapToLong(List::size).sum();
  }

  @Override
  public DeltaStream after(Optional<Place> place) {
    int from = place.map(at -> (int) at.offset() - 4).orElse(0);
    Iterator<DeltaEvent> events = events(from).iterator();
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        return events.next();
      }

      @Override
      public void close() {}
    };
  }

  public List<DeltaEvent> events(int from) {
    List<DeltaEvent> events = new ArrayList<>();
    for (int i = from; i < transactions.size(); i++) {
      events.add(new Begin("0-2-" + (1001 + i), place(i), Instant.EPOCH));
      events.addAll(transactions.get(i));
      events.add(new End(place(i + 1)));
    }
    events.add(new Finished(place(transactions.size())));
    return events;
  }

  public static Place place(int done) {
    return new Place(
        new Position(Position.Kind.MARIADB_GTID, "0-2-" + (1000 + done)), "bin.000001", 4 + done);
  }
}
