package dev.repli.writerswitch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.database.ProbeConnection.Ack;
import dev.repli.journal.Evidence.Measured;
import dev.repli.route.RouteSession;
import dev.repli.writerswitch.PhaseResult.Failed;

/**
 * Opens the old writer again: node first, then routes, then proof by one acknowledged write.
 * Repeatable.
 */
final class Undo {

  /** Throws on the first thing that does not work; what was done before stays done. */
  PhaseResult reopen(SwitchAttempt attempt) {
    // a lost answer may have been the journal's own; once passed, a successor would go forward
    if (Decisions.passedPointOfNoReturn(attempt)) {
      return new Failed("the point of no return is passed, as the journal says: only forward now");
    }
    NodeSession oldWriter = attempt.oldWriter();
    attempt.requireCommand();
    oldWriter.open();
    oldWriter.cancelDeadMan();
    oldWriter.persistFence(false);
    oldWriter.events(attempt.eventsWereOn);
    for (RouteSession route : attempt.routes) {
      attempt.requireCommand();
      route.release(attempt.request.direction().from());
    }
    if (oldWriter.isFenced()) {
      return new Failed(oldWriter.node().label() + " still refuses writes after it was re-opened");
    }
    canary(attempt);
    newWriterIsReplica(attempt);
    return PhaseResult.DONE;
  }

  private static void canary(SwitchAttempt attempt) {
    SwitchRequest request = attempt.request;
    if (!attempt.ports.writes() || !request.plan().probe().enabled()) {
      return;
    }
    try (ProbeConnection connection =
        attempt.ports.openProbe(request, request.oldWriter().address(), request.oldWriter())) {
      Ack ack = connection.write(request.switchId(), "canary-undo-" + request.switchId());
      if (!(ack instanceof Ack.Acknowledged)) {
        throw new NodeException(
            request.oldWriter(),
            "writing a canary row after re-opening",
            ack.toString(),
            NodeException.Action.REPAIR_TARGET);
      }
    }
  }

  private static void newWriterIsReplica(SwitchAttempt attempt) {
    NodeSession newWriter = attempt.newWriter;
    if (newWriter != null) {
      boolean applying = newWriter.replication().applying();
      attempt.keep(
          new Measured(
              "still replicates", newWriter.node().label(), Boolean.toString(applying), ""));
    }
  }
}
