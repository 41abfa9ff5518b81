package dev.repli.writerswitch;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Replication;
import dev.repli.journal.Evidence.Measured;
import dev.repli.plan.Secrets;
import dev.repli.writerswitch.PhaseResult.Failed;
import java.time.Duration;

/**
 * The old writer follows the new one, so that going back again stays possible. Outside the critical
 * section; repeatable.
 */
final class ReverseReplication {
  /** Clients write again by now, so a slow replica costs nobody anything. */
  private static final Duration FIRST_CATCH_UP = Duration.ofSeconds(30);

  private final Secrets secrets;

  ReverseReplication(Secrets secrets) {
    this.secrets = secrets;
  }

  PhaseResult start(SwitchAttempt attempt) {
    attempt.requireCommand();
    NodeSession newWriter = attempt.newWriter();
    NodeSession oldWriter = attempt.oldWriter();
    if (attempt.request.carried()) {
      return staysAsItIs(attempt, oldWriter, newWriter);
    }
    if (newWriter.replication().configured()) {
      newWriter.stopReplication();
      newWriter.resetReplication();
    }
    if (!follows(oldWriter.replication(), newWriter)) {
      oldWriter.replicateFrom(
          newWriter.node(), secrets.resolve(newWriter.node().replication().password()));
    }
    keepFences(attempt, oldWriter, newWriter);
    return caughtUp(oldWriter, newWriter);
  }

  /** Rows that were left out or decided by people differ: it keeps its data behind its fence. */
  private static PhaseResult staysAsItIs(
      SwitchAttempt attempt, NodeSession oldWriter, NodeSession newWriter) {
    keepFences(attempt, oldWriter, newWriter);
    attempt.keep(
        new Measured(
            "stays fenced with its data", oldWriter.node().label(), "does not replicate", ""));
    return PhaseResult.DONE;
  }

  private static boolean follows(Replication replication, NodeSession newWriter) {
    return replication.configured()
        && replication.receiving()
        && replication.applying()
        && replication.from().filter(newWriter.node().address()::equals).isPresent();
  }

  private static void keepFences(
      SwitchAttempt attempt, NodeSession oldWriter, NodeSession newWriter) {
    newWriter.persistFence(false);
    boolean kept = oldWriter.persistFence(true);
    attempt.keep(
        new Measured(
            "fence survives a restart",
            oldWriter.node().label(),
            kept ? "yes" : "no: the plan gives no fenceFile for this node",
            ""));
  }

  private static PhaseResult caughtUp(NodeSession oldWriter, NodeSession newWriter) {
    CatchUp result = oldWriter.waitFor(newWriter.position(), FIRST_CATCH_UP);
    if (result instanceof CatchUp.NotReached notReached) {
      Replication replication = oldWriter.replication();
      return new Failed(
          oldWriter.node().label()
              + " does not follow the new writer yet: "
              + notReached.why()
              + (replication.error().isEmpty() ? "" : ": " + replication.error()));
    }
    return PhaseResult.DONE;
  }
}
