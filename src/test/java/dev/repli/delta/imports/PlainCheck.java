package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.Row;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One random history with rows that the source has of its own, and what has to come of it. */
public final class PlainCheck {
  public final History history;
  public final Map<Integer, Row> source;
  private final PlainImport expected;
  private final long seed;

  public PlainCheck(long seed, int keys, int transactions) {
    this.seed = seed;
    Random random = new Random(seed);
    Map<Integer, Row> before = new TreeMap<>();
    for (int key = 0; key < keys; key += 1 + random.nextInt(2)) {
      before.put(key, History.row(key, "old", key));
    }
    history = History.random(seed, before, keys, transactions, 8);
    source = new TreeMap<>(before);
    for (int i = 0; i < keys / 20; i++) {
      int key = random.nextInt(keys);
      source.put(key, History.row(key, "edited on the source", 1));
      source.remove(random.nextInt(keys));
    }
    expected = new PlainImport(source, history);
  }

  public void assertRight(ImportResult result, Map<Integer, Row> rows, HeldChanges held) {
    assertThat(result).as("seed %s", seed).isInstanceOf(ImportResult.Complete.class);
    assertThat(rows).as("rows of seed %s", seed).isEqualTo(expected.rows);
    assertThat(result.counts())
        .as("counts of seed %s", seed)
        .isEqualTo(
            new ImportCounts(
                history.changes(), expected.applied, expected.alreadyThere, 0, expected.held));
    assertThat(held.count(new ImportId("import-1"))).isEqualTo(expected.held);
    assertThat(expected.held).as("some conflicts").isPositive();
  }
}
