package dev.repli.delta.imports;

import java.util.List;
import java.util.Map;

/**
 * What is held, and something that happens at the moment in which some of it is to be forgotten.
 */
public final class Meanwhile implements HeldChanges {
  private final HeldChanges store;
  private final Runnable what;
  private int left;

  /**
   * @param time at which so many-th call it happens, from 1
   */
  public Meanwhile(HeldChanges store, int time, Runnable what) {
    this.store = store;
    this.left = time;
    this.what = what;
  }

  @Override
  public void forgetAfter(ImportId id, long number) {
    if (--left == 0) {
      what.run();
    }
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
