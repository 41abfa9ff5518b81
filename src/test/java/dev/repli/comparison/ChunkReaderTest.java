package dev.repli.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.comparison.ChunkReader.Chunk;
import dev.repli.comparison.ComparedTable.Cell;
import dev.repli.comparison.ComparedTable.KeyCell;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ranges of a key of whole numbers: every row is in exactly one, and none is far too large. */
class ChunkReaderTest {
  private static final int LARGEST = 50_000;
  private final AtomicLong nanos = new AtomicLong();
  private final TreeSet<Long> rows = new TreeSet<>();
  private int lookedFor;

  /** A node with these rows; each takes 1 µs to read. */
  private ComparedNode node() {
    return (ComparedNode)
        Proxy.newProxyInstance(
            ComparedNode.class.getClassLoader(),
            new Class<?>[] {ComparedNode.class},
            (proxy, method, values) ->
                switch (method.getName()) {
                  case "keyAfter" -> keyAfter((Optional<?>) values[1], (int) values[2]);
                  case "digest" -> digest((Part.Range) values[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Optional<Key> keyAfter(Optional<?> start, int count) {
    lookedFor++;
    NavigableSet<Long> from = start.map(key -> rows.tailSet(number((Key) key), true)).orElse(rows);
    Iterator<Long> each = from.iterator();
    for (int i = 0; i < count && each.hasNext(); i++) {
      each.next();
    }
    return each.hasNext() ? Optional.of(key(each.next())) : Optional.empty();
  }

  private Digest digest(Part.Range range) {
    NavigableSet<Long> in = range.from().map(key -> rows.tailSet(number(key), true)).orElse(rows);
    in = range.to().isPresent() ? in.headSet(number(range.to().get()), false) : in;
    long sum = 0;
    for (long row : in) {
      sum += row;
    }
    nanos.addAndGet(1000L * in.size());
    return new Digest(in.size(), sum);
  }

  private static Key key(long number) {
    return new Key(List.of(Long.toString(number)));
  }

  private static long number(Key key) {
    return Long.parseLong(key.parts().get(0));
  }

  private static ComparedTable table(KeyForm form) {
    return new ComparedTable(
        new TableName("app", "t"),
        List.of(new Cell("id", CellForm.PLAIN, false, false)),
        List.of(new KeyCell("id", form)),
        Optional.of("PRIMARY"),
        false,
        List.of());
  }

  private void rows(long from, long step, int count) {
    LongStream.range(0, count).map(i -> from + i * step).forEach(rows::add);
  }

  private List<Chunk> read(KeyForm form) {
    ChunkReader reader =
        new ChunkReader(node(), table(form), Duration.ofMillis(20), nanos::get, Runnable::run);
    List<Chunk> chunks = new ArrayList<>();
    Optional<Key> start = Optional.empty();
    do {
      Chunk chunk = reader.chunk(start);
      assertThat(chunk.part()).isEqualTo(new Part.Range(start, chunk.end()));
      chunks.add(chunk);
      start = chunk.end();
    } while (start.isPresent());
    return chunks;
  }

  private List<Chunk> readAll(KeyForm form) {
    List<Chunk> chunks = read(form);
    assertThat(chunks.stream().mapToLong(chunk -> chunk.digest().rows()).sum())
        .as("rows read")
        .isEqualTo(rows.size());
    assertThat(chunks.stream().mapToLong(chunk -> chunk.digest().value()).sum())
        .as("their sum")
        .isEqualTo(rows.stream().mapToLong(Long::longValue).sum());
    assertThat(chunks).allMatch(chunk -> chunk.digest().rows() <= 2 * LARGEST);
    return chunks;
  }

  @Test
  void reckonsWhereRangesEndWhileRowsAreDense() {
    rows(1, 1, 300_000);
    List<Chunk> chunks = readAll(KeyForm.NUMBER);

    assertThat(chunks).hasSizeGreaterThan(10);
    assertThat(lookedFor).as("ends looked for: the first two and the last").isLessThanOrEqualTo(4);
  }

  @Test
  void looksForTheEndsOfOtherKeys() {
    rows(1, 1, 100_000);

    assertThat(readAll(KeyForm.ORDINAL)).hasSize(lookedFor);
  }

  @Test
  void looksForTheEndsWhereRowsAreSparse() {
    rows(1, 1000, 100_000);

    assertThat(readAll(KeyForm.NUMBER)).hasSize(lookedFor);
  }

  @Test
  void passesGapsAndGetsNoLargeRangesWhereRowsGetDenser() {
    rows(-500_000, 2, 100_000);
    rows(1_000_000_000, 1, 200_000);
    rows(90_000_000_000_000_000L, 1, 50_000);
    rows(Long.MAX_VALUE - 10, 1, 10);
    List<Chunk> chunks = readAll(KeyForm.NUMBER);

    assertThat(chunks).hasSizeBetween(15, 200);
  }

  @Test
  void readsATableWithoutRows() {
    assertThat(readAll(KeyForm.NUMBER)).hasSize(1);
  }
}
