package dev.repli.delta.imports;

/**
 * What is held, and something that happens at the moment in which some of it is to be forgotten.
 */
public final class Meanwhile extends HeldBehind {
  private final Runnable what;
  private int left;

  /**
   * @param time at which so many-th call it happens, from 1
   */
  public Meanwhile(HeldChanges store, int time, Runnable what) {
    super(store);
    this.left = time;
    this.what = what;
  }

  @Override
  public void forgetAfter(ImportId id, long number) {
    if (--left == 0) {
      what.run();
    }
    super.forgetAfter(id, number);
  }
}
