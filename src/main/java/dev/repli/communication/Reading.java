package dev.repli.communication;

import dev.repli.run.RunKey;

/** How far each run's journal was read for messages. */
public interface Reading {

  /** Sequence number of the last entry that was read; 0 when none was. */
  long of(RunKey run);

  void reached(RunKey run, long seq);
}
