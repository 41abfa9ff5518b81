package dev.repli.writerswitch;

import dev.repli.database.BinlogEnd;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Replication;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import dev.repli.writerswitch.PhaseResult.Failed;
import java.time.Duration;
import java.util.Map;

/**
 * The old writer follows the new one, so that going back again stays possible. Outside the critical
 * section; repeatable.
 */
final class ReverseReplication {
  /** Clients write again by now, so a slow replica costs nobody anything. */
  private static final Duration FIRST_CATCH_UP = Duration.ofSeconds(30);

  /** As long as it replicates, a busy machine is no reason to ask people. */
  private static final int MORE_WAITS = 3;

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
    if (attempt.request.streamed()) {
      endStream(attempt, attempt.ports.stream(attempt::keep));
    }
    if (newWriter.replication().configured()) {
      newWriter.stopReplication();
      newWriter.resetReplication();
    }
    if (attempt.request.streamsBack()) {
      return streams(attempt, oldWriter, newWriter);
    }
    if (!follows(attempt, oldWriter.replication(), newWriter)) {
      follow(attempt, oldWriter, newWriter.node());
    } else if (!runs(oldWriter.replication())) {
      oldWriter.startReplication();
    }
    keepFences(attempt, oldWriter, newWriter);
    return caughtUp(attempt, oldWriter);
  }

  /** What did not come along is counted in the run's journal: its closing message tells it. */
  private static void endStream(SwitchAttempt attempt, StandingStream stream) {
    stream.end(attempt.request.plan());
    StandingStream.LeftOut left = stream.leftOut(attempt.request.plan());
    if (!left.isNothing()) {
      attempt.keep(
          new Milestone(
              SwitchMilestones.STREAM_LEFT_OUT,
              "Repli's stream did not bring to %s: %d changes of tables that the plan abandons, %d left out as dead letters"
                  .formatted(
                      attempt.newWriter().node().label(), left.abandoned(), left.deadLettered()),
              Map.of(
                  "abandoned", Long.toString(left.abandoned()),
                  "deadLettered", Long.toString(left.deadLettered()))));
    }
  }

  /** By GTID it goes on from its own position; another technology has to be told where. */
  private void follow(SwitchAttempt attempt, NodeSession oldWriter, Node newWriter) {
    String password = secrets.resolve(newWriter.replication().password());
    if (attempt.request.mixed()) {
      oldWriter.replicateFrom(newWriter, BinlogEnd.of(attempt.opened()), password);
    } else {
      oldWriter.replicateFrom(newWriter, password);
    }
  }

  /** From the position that the journal has, so that a successor starts the very same stream. */
  private static PhaseResult streams(
      SwitchAttempt attempt, NodeSession oldWriter, NodeSession newWriter) {
    keepFences(attempt, oldWriter, newWriter);
    oldWriter.admitImports();
    StandingStream stream = attempt.ports.stream(attempt::keep);
    stream.start(attempt.request.plan(), attempt.opened());
    CatchUp result = stream.waitFor(attempt.request.plan(), newWriter.position(), FIRST_CATCH_UP);
    return result instanceof CatchUp.NotReached notReached
        ? new Failed(
            oldWriter.node().label()
                + " does not get the new writer's changes yet: "
                + notReached.why())
        : PhaseResult.DONE;
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

  /** What is set up between two technologies knows its place; beginning again would apply twice. */
  private static boolean follows(
      SwitchAttempt attempt, Replication replication, NodeSession newWriter) {
    return replication.configured()
        && (runs(replication) || attempt.request.mixed())
        && replication.from().filter(newWriter.node().address()::equals).isPresent();
  }

  private static boolean runs(Replication replication) {
    return replication.receiving() && replication.applying();
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

  private static boolean isUnderway(CatchUp result, NodeSession oldWriter) {
    return result instanceof CatchUp.NotReached && runs(oldWriter.replication());
  }

  private static PhaseResult caughtUp(SwitchAttempt attempt, NodeSession oldWriter) {
    CatchUp result = oldWriter.waitFor(attempt.newWriterPosition(), FIRST_CATCH_UP);
    for (int more = 0; more < MORE_WAITS && isUnderway(result, oldWriter); more++) {
      result = oldWriter.waitFor(attempt.newWriterPosition(), FIRST_CATCH_UP);
    }
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
