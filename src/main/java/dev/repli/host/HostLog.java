package dev.repli.host;

import java.time.Duration;

/** Told of every command that changes something, right after its end. */
@FunctionalInterface
public interface HostLog {
  /**
   * @param host for people
   * @param command its words, without secrets
   * @param outcome {@code ok}, or why not
   */
  void ran(String host, String command, Duration took, String outcome);

  /** Listens to nothing. */
  HostLog NONE = (host, command, took, outcome) -> {};
}
