package dev.repli.writerswitch;

import java.util.concurrent.atomic.AtomicBoolean;

/** Lets something happen once, before or after a phase. */
record FaultAt(Phase at, boolean before, Runnable what, AtomicBoolean happened)
    implements SwitchObserver {
  FaultAt(Phase at, boolean before, Runnable what) {
    this(at, before, what, new AtomicBoolean());
  }

  @Override
  public void before(SwitchRequest request, Phase phase) {
    happen(phase, true);
  }

  @Override
  public void after(SwitchRequest request, Phase phase) {
    happen(phase, false);
  }

  private void happen(Phase phase, boolean now) {
    if (phase == at && now == before && happened.compareAndSet(false, true)) {
      what.run();
    }
  }

  @Override
  public String toString() {
    return (before ? "before " : "after ") + at;
  }
}
