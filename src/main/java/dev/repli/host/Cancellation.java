package dev.repli.host;

import java.util.LinkedHashSet;
import java.util.Set;

/** Ends work from another thread. Once requested it stays so. Thread-safe. */
public final class Cancellation {
  private final Set<Runnable> ends = new LinkedHashSet<>();
  private boolean requested;

  /** Ends what runs; what begins later is ended at once. */
  public void request() {
    Set<Runnable> now;
    synchronized (this) {
      requested = true;
      now = Set.copyOf(ends);
    }
    now.forEach(Runnable::run);
  }

  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Runs at a request, until the answer is over.
   *
   * @param end may be run several times and from any thread
   */
  public Watch watch(Runnable end) {
    boolean late;
    synchronized (this) {
      ends.add(end);
      late = requested;
    }
    if (late) {
      end.run();
    }
    return () -> {
      synchronized (this) {
        ends.remove(end);
      }
    };
  }

  /** Something that would be ended. */
  public interface Watch {
    /** It has ended by itself. */
    void over();
  }
}
