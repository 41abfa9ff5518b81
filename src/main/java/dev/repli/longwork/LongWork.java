package dev.repli.longwork;

/**
 * One kind of long work. A process names it by the name of its bean.
 *
 * <p>It can be called again for the same run: after a crash, or when people want it tried again. So
 * it looks first and then acts, and calls {@link WorkWatch#mine} right before each outside change.
 */
public interface LongWork {

  /**
   * Does the work or finds it done.
   *
   * @throws WorkLostException when it was cancelled or another Repli has taken it over; nothing
   *     more may be done then
   * @throws RuntimeException when it failed; the message is shown to people
   */
  WorkResult perform(WorkOrder order, WorkWatch watch);

  /** What people look at first when it failed. */
  String hint();
}
