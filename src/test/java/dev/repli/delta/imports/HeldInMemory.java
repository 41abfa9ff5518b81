package dev.repli.delta.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Held changes of one import in memory. */
public final class HeldInMemory implements HeldChanges {
  final TreeMap<Long, HeldChange> changes = new TreeMap<>();
  private final Map<String, Long> firstNumber = new HashMap<>();
  private final Map<String, Long> groups = new HashMap<>();

  @Override
  public void hold(ImportId id, List<HeldChange> more, Runnable lastLook) {
    lastLook.run();
    for (HeldChange change : more) {
      if (changes.putIfAbsent(change.number(), change) == null) {
        change.rows().forEach(row -> firstNumber.putIfAbsent(row, change.number()));
        change.rows().forEach(row -> groups.putIfAbsent(row, change.group()));
      }
    }
  }

  @Override
  public void join(ImportId id, long group, long into) {
    groups.replaceAll((row, of) -> of == group ? Long.valueOf(into) : of);
    changes.replaceAll(
        (number, change) ->
            change.group() == group
                ? new HeldChange(
                    number,
                    into,
                    change.kind(),
                    change.change(),
                    change.rows(),
                    change.now(),
                    change.error())
                : change);
  }

  @Override
  public void forgetAfter(ImportId id, long number) {
    changes.tailMap(number, false).clear();
    firstNumber.values().removeIf(first -> first > number);
    groups.keySet().retainAll(firstNumber.keySet());
  }

  /** People have decided about it. */
  void letGo(long group) {
    groups.values().removeIf(of -> of == group);
    firstNumber.keySet().retainAll(groups.keySet());
  }

  @Override
  public Map<String, Long> rows(ImportId id) {
    return Map.copyOf(groups);
  }

  @Override
  public long count(ImportId id) {
    return changes.size();
  }

  @Override
  public List<Long> numbers(ImportId id, int most) {
    return changes.keySet().stream().limit(most).toList();
  }

  @Override
  public List<HeldChange> changes(ImportId id, long group, int most) {
    return changes.values().stream().filter(c -> c.group() == group).limit(most).toList();
  }
}
