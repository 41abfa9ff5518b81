package dev.repli.longwork;

import dev.repli.host.Cancellation;

/** What work under way hears and says. Thread-safe. */
public interface WorkWatch {

  /** Requested when nobody wants the work any more, or another Repli has it. */
  Cancellation cancellation();

  /**
   * How far it is. Cheap: it is written down with the next heartbeat.
   *
   * @param of all of it; 0 while unknown
   * @param unit for people, for example {@code bytes}
   */
  void progress(long done, long of, String unit);

  /**
   * Asks the database whether the work is still this Repli's.
   *
   * @throws WorkLostException when it is not, or nobody can tell
   */
  void mine();

  /**
   * Asks the database whether nobody else can have begun the work, though it may not be wanted any
   * more: until it has ended here it counts as under way.
   *
   * @throws WorkLostException when another Repli has it, or nobody can tell
   */
  default void stillHeld() {
    mine();
  }
}
