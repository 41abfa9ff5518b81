package dev.repli.replication.copy;

import org.jspecify.annotations.Nullable;

/** Ends the work of one copy from another thread. */
final class Cancel {
  private boolean cancelled;
  private @Nullable Tool running;

  /** From now on this tool is ended with the work. */
  synchronized void watch(Tool tool) {
    running = tool;
    if (cancelled) {
      tool.end();
    }
  }

  synchronized void cancel() {
    cancelled = true;
    if (running != null) {
      running.end();
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }
}
