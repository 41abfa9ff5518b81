package dev.repli.delta.imports;

import java.util.List;

/** What is held, in use by others so many times. */
final class BusyHold extends HeldBehind {
  private int left;

  BusyHold(HeldChanges store, int times) {
    super(store);
    left = times;
  }

  @Override
  public void hold(ImportId id, List<HeldChange> changes, Runnable lastLook) {
    if (left-- > 0) {
      throw new HeldBusyException(id);
    }
    super.hold(id, changes, lastLook);
  }
}
