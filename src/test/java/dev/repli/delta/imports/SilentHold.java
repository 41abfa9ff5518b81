package dev.repli.delta.imports;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What is held, and something that happens before the node is asked for the first last time. */
public final class SilentHold extends HeldBehind {
  private final Runnable before;
  private final CountDownLatch over = new CountDownLatch(1);

  public SilentHold(HeldChanges store, Runnable before) {
    super(store);
    this.before = before;
  }

  /** Whether that question has ended, and with it the wait of others. */
  public boolean isOver() {
    return over.getCount() == 0;
  }

  @Override
  public void hold(ImportId id, List<HeldChange> changes, Runnable lastLook) {
    if (isOver()) {
      super.hold(id, changes, lastLook);
      return;
    }
    try {
      super.hold(
          id,
          changes,
          () -> {
            before.run();
            lastLook.run();
          });
    } finally {
      over.countDown();
    }
  }
}
