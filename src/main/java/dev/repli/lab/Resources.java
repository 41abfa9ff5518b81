package dev.repli.lab;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to be taken down, newest first. Each is closed once, and one that fails hides no other.
 */
final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    // what is taken down waits for processes and threads, which an interrupt would cut short
    boolean interrupted = Thread.interrupted();
    RuntimeException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first =
              new IllegalStateException("not everything could be taken down: " + e.getMessage(), e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (first != null) {
      throw first;
    }
  }
}
