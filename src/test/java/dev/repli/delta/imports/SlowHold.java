package dev.repli.delta.imports;

import java.util.List;

/** What is held, and something that happens before the first of it is kept. */
public final class SlowHold extends HeldBehind {
  private final Runnable what;
  private boolean happened;

  public SlowHold(HeldChanges store, Runnable what) {
    super(store);
    this.what = what;
  }

  @Override
  public void hold(ImportId id, List<HeldChange> changes, Runnable lastLook) {
    if (!happened) {
      happened = true;
      what.run();
    }
    super.hold(id, changes, lastLook);
  }
}
