package dev.repli.database.survey;

import java.util.List;

/** Locks that sessions hold or wait for, as the server's performance schema tells them. */
public record Locks(List<Lock> all) {
  public Locks {
    all = List.copyOf(all);
  }

  /**
   * A metadata lock.
   *
   * @param kind {@code TABLE}, {@code USER LEVEL LOCK}, {@code GLOBAL}, {@code BACKUP}, …
   * @param on table or name of the lock
   * @param granted false while it is waited for
   * @param own whether one of Repli's sessions holds it
   */
  public record Lock(
      String kind, String on, String type, boolean granted, String user, String host, boolean own) {
    public String who() {
      return user + "@" + host;
    }
  }
}
