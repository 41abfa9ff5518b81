package dev.repli.writerswitch;

import static dev.repli.writerswitch.PhaseResult.DONE;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Fence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.plan.Node;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.writerswitch.PhaseResult.Failed;
import java.util.ArrayList;
import java.util.List;

/** The phases from Open to Verify. They only go forward, and each may run again. */
final class Completion {

  /**
   * The old writer's fence is looked at again first: after a crash of that server it may be gone.
   */
  PhaseResult open(SwitchAttempt attempt) {
    NodeSession newWriter = attempt.newWriter();
    NodeSession oldWriter = attempt.oldWriter;
    boolean oldIsFenced = oldWriter == null || attempt.underCommand(oldWriter).fenced();
    if (attempt.underCommand(newWriter).fenced()) {
      PhaseResult safe = oldIsFenced ? DONE : fencedAgain(attempt);
      if (safe instanceof Failed) {
        return safe;
      }
      PhaseResult complete = hasEverything(attempt, newWriter);
      if (complete instanceof Failed) {
        return complete;
      }
      newWriter.stopReplication();
      newWriter.open();
    }
    return DONE;
  }

  private static PhaseResult fencedAgain(SwitchAttempt attempt) {
    NodeSession oldWriter = attempt.oldWriter();
    Fence fence = oldWriter.fence(attempt.request.plan().budgets().fenceLockWait());
    boolean unchanged = attempt.oldWriterPosition().equals(attempt.marked());
    if (fence instanceof Fence.Fenced && unchanged) {
      return DONE;
    }
    // it is the only writer there is; people decide, and clients go on meanwhile
    oldWriter.open();
    return new Failed(
        oldWriter.node().label()
            + " lost its fence and accepted writes after "
            + attempt.marked()
            + ": it stays the writer until you decide which writes to keep");
  }

  private static PhaseResult hasEverything(SwitchAttempt attempt, NodeSession newWriter) {
    CatchUp caughtUp =
        attempt.newWriterReaches(attempt.marked(), attempt.request.plan().budgets().gateWait());
    return caughtUp instanceof CatchUp.NotReached notReached
        ? new Failed(
            newWriter.node().label()
                + " has not all of "
                + attempt.marked()
                + ": "
                + notReached.why())
        : DONE;
  }

  /** Every route is tried, also when one fails: each that works lets its clients go on. */
  PhaseResult route(SwitchAttempt attempt) {
    Node.Role to = attempt.request.direction().to();
    List<String> failures = new ArrayList<>();
    for (RouteSession route : attempt.routes) {
      try {
        attempt.requireCommand();
        route.routeTo(to);
        route.endSessions(attempt.request.direction().from());
      } catch (RouteException failure) {
        failures.add(String.valueOf(failure.getMessage()));
      }
    }
    endSessionsOnOldWriter(attempt);
    return failures.isEmpty() ? DONE : new Failed(String.join("; ", failures));
  }

  private static void endSessionsOnOldWriter(SwitchAttempt attempt) {
    NodeSession oldWriter = attempt.oldWriter;
    if (oldWriter != null) {
      List<String> ended = oldWriter.endApplicationSessions();
      attempt.keep(
          new Measured(
              "sessions ended", oldWriter.node().label(), String.join(", ", ended), "sessions"));
    }
  }

  /**
   * What makes the new writer the writer for good, while clients work again: it stays open over a
   * restart, and events run there only (those that replication created switched off are switched
   * on).
   */
  void settle(SwitchAttempt attempt) {
    attempt.newWriter().persistFence(false);
    if (!attempt.events.isEmpty()) {
      attempt.newWriter().enableEvents(attempt.events);
    }
    if (attempt.eventsWereOn) {
      attempt.newWriter().events(true);
    }
  }

  /**
   * A route that forgets its new writer at a restart is worth knowing, but no reason to stop: the
   * writer has moved.
   */
  void saveRoutes(SwitchAttempt attempt) {
    for (RouteSession route : attempt.routes) {
      try {
        attempt.requireCommand();
        route.save();
      } catch (RouteException failure) {
        attempt.keep(
            new Measured(
                "configuration not saved",
                route.spec().name(),
                String.valueOf(failure.getMessage()),
                ""));
      }
    }
  }
}
