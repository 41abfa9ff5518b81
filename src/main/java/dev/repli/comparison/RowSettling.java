package dev.repli.comparison;

import dev.repli.comparison.RowDifference.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which of the rows that seem to differ really do. Under traffic most were only changed
 * between two reads.
 */
final class RowSettling {
  private static final int LOOKED_AT_ONCE = 200;
  private static final int HELD_AT_ONCE = 20;
  private static final int LOOKS = 2;

  private final ComparedNode from;
  private final ComparedNode to;
  private final Stamps stamps;
  private final ComparisonLimits limits;
  private final ComparedTable table;

  RowSettling(
      ComparedNode from,
      ComparedNode to,
      Stamps stamps,
      ComparisonLimits limits,
      ComparedTable table) {
    this.from = from;
    this.to = to;
    this.stamps = stamps;
    this.limits = limits;
    this.table = table;
  }

  /** What became of the rows. */
  sealed interface Settled {
    /** These differ; with {@code all} false there are more. */
    record Differ(List<RowDifference> rows, boolean all) implements Settled {}

    /** It cannot be told. */
    record Unsettled(String why) implements Settled {}
  }

  /**
   * Takes a part apart.
   *
   * @param room stop when so many differences are certain
   */
  Settled settle(Part part, int room) {
    Map<Key, Long> here = from.rows(table, part);
    Optional<String> late = stamps.pass();
    if (late.isPresent()) {
      return new Settled.Unsettled(late.get());
    }
    Map<Key, Long> there = to.rows(table, part);
    Map<Key, Counts> unlike = unlike(here, there);
    return table.keyed()
        ? settleByKey(List.copyOf(unlike.keySet()), room)
        : settleByContent(part, unlike, room);
  }

  private record Counts(long here, long there) {}

  private static Map<Key, Counts> unlike(Map<Key, Long> here, Map<Key, Long> there) {
    Map<Key, Counts> unlike = new LinkedHashMap<>();
    here.forEach(
        (key, value) -> {
          if (!value.equals(there.get(key))) {
            unlike.put(key, new Counts(value, there.getOrDefault(key, 0L)));
          }
        });
    there.forEach(
        (key, value) -> {
          if (!here.containsKey(key)) {
            unlike.put(key, new Counts(0, value));
          }
        });
    return unlike;
  }

  /** Rows that no key names cannot be held; those count that stay as they are through all looks. */
  private Settled settleByContent(Part part, Map<Key, Counts> first, int room) {
    Map<Key, Counts> stable = first;
    for (int look = 0; look < limits.rounds() && !stable.isEmpty(); look++) {
      Map<Key, Long> here = from.rows(table, part);
      Optional<String> late = stamps.pass();
      if (late.isPresent()) {
        return new Settled.Unsettled(late.get());
      }
      Map<Key, Counts> now = unlike(here, to.rows(table, part));
      Map<Key, Counts> still = new LinkedHashMap<>(stable);
      still.entrySet().removeIf(entry -> !entry.getValue().equals(now.get(entry.getKey())));
      stable = still;
    }
    List<RowDifference> rows =
        stable.entrySet().stream()
            .limit(room)
            .map(row -> difference(row.getKey(), row.getValue()))
            .toList();
    return new Settled.Differ(rows, rows.size() == stable.size());
  }

  private RowDifference difference(Key key, Counts counts) {
    Side side =
        counts.here() == 0 ? Side.ONLY_TO : counts.there() == 0 ? Side.ONLY_FROM : Side.BOTH;
    String times = " (%d times here, %d there)".formatted(counts.here(), counts.there());
    return new RowDifference(KeyText.of(table, key) + times, side, List.of());
  }

  private Settled settleByKey(List<Key> suspects, int room) {
    List<RowDifference> certain = new ArrayList<>();
    for (List<Key> some : batches(suspects, LOOKED_AT_ONCE)) {
      List<Key> left = some;
      for (int look = 0; look < LOOKS && !left.isEmpty(); look++) {
        Optional<List<Key>> still = look(left);
        if (still.isEmpty()) {
          return new Settled.Unsettled("the replica did not reach the position of the look");
        }
        left = still.get();
      }
      for (List<Key> few : batches(left, HELD_AT_ONCE)) {
        Optional<String> open = hold(few, certain);
        if (open.isPresent()) {
          return new Settled.Unsettled(open.get());
        }
        if (certain.size() >= room) {
          return new Settled.Differ(certain.subList(0, room), false);
        }
      }
    }
    return new Settled.Differ(certain, true);
  }

  private static List<List<Key>> batches(List<Key> keys, int size) {
    List<List<Key>> batches = new ArrayList<>();
    for (int start = 0; start < keys.size(); start += size) {
      batches.add(keys.subList(start, Math.min(keys.size(), start + size)));
    }
    return batches;
  }

  /** Those that differ still, without holding them. */
  private Optional<List<Key>> look(List<Key> keys) {
    Map<Key, Map<String, String>> here = from.cells(table, keys);
    if (stamps.pass().isPresent()) {
      return Optional.empty();
    }
    Map<Key, Map<String, String>> there = to.cells(table, keys);
    return Optional.of(
        keysOf(keys, here, there).stream()
            .filter(key -> !Objects.equals(here.get(key), there.get(key)))
            .toList());
  }

  /** Versions of a row come and go, so that there may be other keys than those that were asked. */
  private static Set<Key> keysOf(
      Collection<Key> asked,
      Map<Key, Map<String, String>> here,
      Map<Key, Map<String, String>> there) {
    Set<Key> keys = new HashSet<>(asked);
    keys.addAll(here.keySet());
    keys.addAll(there.keySet());
    return keys;
  }

  /** Looks at rows that cannot change meanwhile; why not, if that is not possible. */
  private Optional<String> hold(List<Key> keys, List<RowDifference> certain) {
    Optional<String> why = Optional.of("rows of the table are held by other transactions");
    for (int round = 0; round < limits.rounds(); round++) {
      Optional<Map<Key, Map<String, String>>> here = from.lockedCells(table, keys);
      try {
        if (here.isEmpty()) {
          continue;
        }
        why = stamps.passHeld();
        if (why.isEmpty()) {
          compare(keys, here.get(), to.cells(table, keys), certain);
          return Optional.empty();
        }
      } finally {
        from.release();
      }
      Optional<String> late = stamps.pass();
      if (late.isPresent()) {
        return late;
      }
    }
    return why;
  }

  private void compare(
      List<Key> keys,
      Map<Key, Map<String, String>> here,
      Map<Key, Map<String, String>> there,
      List<RowDifference> certain) {
    for (Key key : keysOf(keys, here, there)) {
      Map<String, String> one = here.get(key);
      Map<String, String> other = there.get(key);
      if (one == null && other != null) {
        certain.add(new RowDifference(KeyText.of(table, key), Side.ONLY_TO, List.of()));
      } else if (one != null && other == null) {
        certain.add(new RowDifference(KeyText.of(table, key), Side.ONLY_FROM, List.of()));
      } else if (one != null && other != null && !one.equals(other)) {
        Set<String> columns = new TreeSet<>(one.keySet());
        columns.removeIf(column -> Objects.equals(one.get(column), other.get(column)));
        certain.add(new RowDifference(KeyText.of(table, key), Side.BOTH, List.copyOf(columns)));
      }
    }
  }
}
