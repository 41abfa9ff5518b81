package dev.repli.communication;

import java.time.Instant;
import java.util.List;

/** Messages that were said long ago. Each call is a transaction of its own. */
public interface OldMessages {
  /**
   * Runs of which nothing was said or delivered since then, and nothing waits; the oldest first.
   */
  List<String> silentSince(Instant before, int most);

  /**
   * Forgets all messages of a run, unless it is silent since then no more.
   *
   * @return how many
   */
  int forget(String run, Instant before);
}
