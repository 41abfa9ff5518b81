package dev.repli.database.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.ActStatements;
import dev.repli.database.NodeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dead-man's switch: a session of its own runs one block that sleeps for the lease and then
 * opens the node. The session holds a named lock for as long as it lives, so that a successor finds
 * it and can read back that it is gone: the server frees the lock after the session's last
 * statement, never before.
 */
final class DeadManSwitch {
  /** Two places, so that a new switch is armed before that of a dead predecessor is ended. */
  private static final List<String> PLACES = List.of("/dead-man/1", "/dead-man/2");

  /** The block has ended on the server by then, also where nothing of it is heard any more. */
  private static final Duration AFTER_LEASE = Duration.ofSeconds(10);

  private final SqlLink control;
  private final ActStatements acts;
  private final ActLog log;
  private SqlLink sleeper;

  /** For a lease that is renewed when no connection may be opened any more. */
  private @Nullable SqlLink spare;

  private volatile String ended = "";
  private boolean armed;
  private String place = "";

  /** That sleeps here and was not yet ended; 0 when there is none. */
  private long session;

  DeadManSwitch(SqlLink control, SqlLink sleeper, ActStatements acts, ActLog log) {
    this.control = control;
    this.sleeper = sleeper;
    this.acts = acts;
    this.log = log;
  }

  /** Opens a second session to sleep in, unless there is one. */
  void keepSpare(Supplier<SqlLink> connection) {
    if (spare == null && !armed) {
      spare = connection.get();
    }
  }

  void arm(String lockName, Duration lease, boolean eventsOn) {
    String doing = "arming the dead-man's switch";
    if (armed) {
      takeSpare(doing);
    }
    place = takePlace(doing, lockName);
    session = sleeper.row(doing, "SELECT CONNECTION_ID()", row -> row.getLong(1)).orElseThrow();
    String block = acts.armDeadMan(lockName, lease, eventsOn).get(0);
    long begin = System.nanoTime();
    sleeper.limit(lease.plus(AFTER_LEASE));
    SqlLink asleepIn = sleeper;
    Thread thread =
        new Thread(() -> sleep(asleepIn, block), "dead-man-" + control.node().address());
    thread.setDaemon(true);
    armed = true;
    thread.start();
    boolean asleep =
        control.becomes(
            doing,
            "EXISTS (SELECT 1 FROM information_schema.processlist"
                + " WHERE id = ? AND state = 'User sleep')",
            session);
    if (!asleep) {
      throw new NodeException(
          control.node(),
          doing,
          "its session does not sleep" + ended,
          NodeException.Action.WAIT_AND_RETRY);
    }
    log.ran(control.node().label(), block, Duration.ofNanos(System.nanoTime() - begin), "ok");
    PLACES.stream()
        .map(other -> lockName + other)
        .filter(other -> !other.equals(place))
        .forEach(other -> endHolder(doing, other));
  }

  private void takeSpare(String doing) {
    SqlLink next = spare;
    if (next == null) {
      throw new NodeException(
          control.node(),
          doing,
          "armed twice before; a commander has two, connect anew",
          NodeException.Action.REPORT_BUG);
    }
    sleeper = next;
    spare = null;
  }

  void cancel(String lockName) {
    String doing = "cancelling the dead-man's switch";
    if (!onlyOwnWasThere(doing, lockName)) {
      PLACES.forEach(place -> endHolder(doing, lockName + place));
    }
  }

  /**
   * The usual case, in which clients wait: the session is known, and the server itself waits until
   * its lock is free. False when anything is not as expected; then both places are looked at.
   */
  private boolean onlyOwnWasThere(String doing, String lockName) {
    if (session == 0) {
      return false;
    }
    OtherSessions.end(control, acts, doing, Long.toString(session));
    session = 0;
    return control
        .text(
            doing,
            "SELECT GET_LOCK(?, 1) + RELEASE_LOCK(?) = 2 AND IS_USED_LOCK(?) IS NULL",
            place,
            place,
            lockName + PLACES.get(place.endsWith(PLACES.get(0)) ? 1 : 0))
        .filter("1"::equals)
        .isPresent();
  }

  private String takePlace(String doing, String lockName) {
    for (String place : PLACES) {
      boolean taken =
          sleeper
              .text(doing, "SELECT GET_LOCK(?, 0)", lockName + place)
              .filter("1"::equals)
              .isPresent();
      if (taken) {
        return lockName + place;
      }
    }
    String last = lockName + PLACES.get(PLACES.size() - 1);
    endHolder(doing, last);
    var unused = sleeper.text(doing, "SELECT GET_LOCK(?, 1)", last);
    return last;
  }

  private void endHolder(String doing, String place) {
    Optional<String> holder = control.text(doing, "SELECT IS_USED_LOCK(?)", place);
    if (holder.isEmpty()) {
      return;
    }
    OtherSessions.end(control, acts, doing, holder.get());
    if (!control.becomes(doing, "IS_USED_LOCK(?) IS NULL", place)) {
      throw new NodeException(
          control.node(),
          doing,
          "session " + holder.get() + " is still there; end it: KILL " + holder.get(),
          NodeException.Action.REPAIR_TARGET);
    }
  }

  private void sleep(SqlLink in, String block) {
    try {
      in.act("sleeping in the dead-man's switch", block, "");
      ended = "; it ran to its end";
    } catch (NodeException e) {
      ended = "; " + e.getMessage();
    } finally {
      in.close();
    }
  }

  /**
   * Leaves an armed switch to the server: closing or aborting its connection here would make the
   * driver kill it there.
   */
  void close() {
    if (!armed) {
      sleeper.close();
    }
    if (spare != null) {
      spare.close();
    }
  }
}
