package dev.repli.delta.imports;

import java.util.List;
import java.util.Map;

/** What is held, with something between it and who asks. */
abstract class HeldBehind implements HeldChanges {
  private final HeldChanges store;

  HeldBehind(HeldChanges store) {
    this.store = store;
  }

  @Override
  public void forgetAfter(ImportId id, long number) {
    store.forgetAfter(id, number);
  }

  @Override
  public void hold(ImportId id, List<HeldChange> changes, Runnable lastLook) {
    store.hold(id, changes, lastLook);
  }

  @Override
  public void join(ImportId id, long group, long into) {
    store.join(id, group, into);
  }

  @Override
  public Map<String, Long> rows(ImportId id) {
    return store.rows(id);
  }

  @Override
  public long count(ImportId id) {
    return store.count(id);
  }

  @Override
  public List<Long> numbers(ImportId id, int most) {
    return store.numbers(id, most);
  }

  @Override
  public List<HeldChange> changes(ImportId id, long group, int most) {
    return store.changes(id, group, most);
  }
}
