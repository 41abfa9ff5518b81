package dev.repli.reads;

import dev.repli.run.RunKey;

/** Told where a change of weights is; tests kill there. */
public interface ReadsObserver {
  /** Points around the one change that others see. */
  enum Point {
    /** The intent is written, nothing is changed yet. */
    BEFORE_SPREAD,
    /** Every route does as wanted, but that is not recorded yet. */
    AFTER_SPREAD
  }

  void at(RunKey run, Point point);

  /** Watches nothing. */
  ReadsObserver NONE = (run, point) -> {};
}
