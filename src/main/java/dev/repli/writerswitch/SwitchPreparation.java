package dev.repli.writerswitch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Command;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Budgets;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteException;
import dev.repli.writerswitch.Preparation.Aborted;
import dev.repli.writerswitch.Preparation.Ended;
import dev.repli.writerswitch.Preparation.Forward;
import dev.repli.writerswitch.Preparation.Held;
import dev.repli.writerswitch.Preparation.Interrupted;
import dev.repli.writerswitch.Preparation.Ready;
import dev.repli.writerswitch.Preparation.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens every connection, takes command, and reads the journal and the nodes: is this a first try,
 * or does an earlier one have to be undone or finished? Changes nothing that an application would
 * notice.
 */
final class SwitchPreparation {
  private final String installationId;
  private final StartingState startingState;

  SwitchPreparation(String installationId) {
    this.installationId = installationId;
    this.startingState = new StartingState();
  }

  Preparation prepare(SwitchAttempt attempt) {
    Optional<Milestone> earlier = Decisions.newest(attempt.journal, attempt.request);
    if (earlier.isEmpty()) {
      return first(attempt);
    }
    Milestone milestone = earlier.get();
    return switch (milestone.name()) {
      case SwitchMilestones.ENDED ->
          new Ended(
              SwitchOutcome.valueOf(milestone.facts().getOrDefault(SwitchMilestones.OUTCOME, "")),
              milestone.facts().getOrDefault(SwitchMilestones.REASON, ""));
      case SwitchMilestones.ARMED -> interrupted(attempt, milestone);
      default -> forward(attempt, milestone);
    };
  }

  private Preparation first(SwitchAttempt attempt) {
    try {
      attempt.oldWriter = connect(attempt, attempt.request.oldWriter());
      attempt.newWriter = connect(attempt, attempt.request.newWriter());
      connectRoutes(attempt);
      Optional<String> foreign = takeCommand(attempt);
      if (foreign.isPresent()) {
        return new Refused(foreign.get());
      }
      if (abortRequested(attempt)) {
        return new Aborted("stopped on request before anything was changed");
      }
      List<String> objections = startingState.objections(attempt);
      if (!objections.isEmpty()) {
        return new Refused(String.join("; ", objections));
      }
      if (attempt.ports.writes() && attempt.request.plan().probe().enabled()) {
        attempt.oldWriter().prepareProbe();
      }
      carry(attempt);
      return predicted(attempt);
    } catch (NodeException | RouteException | IllegalStateException unreachable) {
      return new Refused(text(unreachable));
    }
  }

  private static boolean abortRequested(SwitchAttempt attempt) {
    long since = Decisions.abortsCountAfter(attempt.journal);
    return attempt
        .journal
        .newestMilestone(SwitchMilestones.ABORT_REQUESTED)
        .filter(entry -> entry.seq() > since)
        .isPresent();
  }

  private static void carry(SwitchAttempt attempt) {
    if (attempt.request.withoutReplication()) {
      attempt.carriage = attempt.ports.carry(attempt.request, attempt::keep);
    }
  }

  /** The backlog of this moment is the best prediction of the wait that clients would see. */
  private static Preparation predicted(SwitchAttempt attempt) {
    Budgets budgets = attempt.request.plan().budgets();
    CatchUp caughtUp =
        attempt.newWriterReaches(
            attempt.oldWriterPosition(),
            attempt.request.withoutReplication() ? budgets.gateWait() : budgets.writeOutage());
    if (caughtUp instanceof CatchUp.NotReached notReached && attempt.request.withoutReplication()) {
      return new Refused(
          attempt.request.newWriter().label()
              + " does not have every change yet: "
              + notReached.why());
    }
    if (caughtUp instanceof CatchUp.NotReached notReached) {
      return new Refused(
          attempt.request.newWriter().label()
              + " is further behind than the write outage allowed (budgets.writeOutage "
              + budgets.writeOutage().toMillis()
              + " ms): "
              + notReached.why());
    }
    attempt.keep(
        new Measured(
            "predicted wait for position",
            attempt.request.newWriter().label(),
            "" + ((CatchUp.Reached) caughtUp).took().toMillis(),
            "ms"));
    return new Ready();
  }

  private Preparation interrupted(SwitchAttempt attempt, Milestone armed) {
    String reason = "an earlier try of this switch stopped before the point of no return";
    try {
      attempt.recall(armed.facts());
      attempt.oldWriter = connect(attempt, attempt.request.oldWriter());
      attempt.newWriter = connectIfThere(attempt, attempt.request.newWriter());
      connectRoutes(attempt);
      return takeCommand(attempt)
          .<Preparation>map(Held::new)
          .orElseGet(() -> new Interrupted(reason, abortRequested(attempt)));
    } catch (NodeException | RouteException unreachable) {
      return new Held(reason + ", and cannot be undone yet: " + text(unreachable));
    }
  }

  private Preparation forward(SwitchAttempt attempt, Milestone passed) {
    String reason = "an earlier try of this switch passed the point of no return";
    try {
      attempt.recall(passed.facts());
      attempt.newWriter = connect(attempt, attempt.request.newWriter());
      attempt.oldWriter = connectIfThere(attempt, attempt.request.oldWriter());
      connectRoutes(attempt);
      Optional<String> foreign = takeCommand(attempt);
      if (foreign.isPresent()) {
        return new Held(foreign.get());
      }
      if (attempt.newWriter().isFenced()) {
        carry(attempt);
      }
      return new Forward(reason);
    } catch (NodeException | RouteException | IllegalStateException unreachable) {
      return new Held(reason + ", and cannot be finished yet: " + text(unreachable));
    }
  }

  /**
   * For the steps after the switch: connections and command again, and what the switch wrote down.
   */
  void reconnect(SwitchAttempt attempt) {
    attempt
        .journal
        .newestMilestone(SwitchMilestones.POINT_OF_NO_RETURN)
        .ifPresent(entry -> attempt.recall(Decisions.milestone(entry).facts()));
    attempt.newWriter = connect(attempt, attempt.request.newWriter());
    attempt.oldWriter = connectIfThere(attempt, attempt.request.oldWriter());
    takeCommand(attempt)
        .ifPresent(
            foreign -> {
              throw new IllegalStateException(foreign);
            });
  }

  private static NodeSession connect(SwitchAttempt attempt, Node node) {
    return attempt.ports.connect(node, attempt.request.plan().budgets().lease(), attempt::keep);
  }

  private static @Nullable NodeSession connectIfThere(SwitchAttempt attempt, Node node) {
    try {
      return connect(attempt, node);
    } catch (NodeException gone) {
      attempt.keep(new Measured("not reachable", node.label(), text(gone), ""));
      return null;
    }
  }

  private static void connectRoutes(SwitchAttempt attempt) {
    Plan plan = attempt.request.plan();
    for (RouteSpec spec : plan.routes()) {
      attempt.routes.add(attempt.ports.connect(spec, plan, attempt::keep));
    }
  }

  /** Empty when command was taken on every node that is there. */
  private Optional<String> takeCommand(SwitchAttempt attempt) {
    List<NodeSession> there = new ArrayList<>();
    if (attempt.oldWriter != null) {
      there.add(attempt.oldWriter);
    }
    if (attempt.newWriter != null) {
      there.add(attempt.newWriter);
    }
    for (NodeSession session : there) {
      Command command = session.takeCommand(attempt.request.plan().lockName(), installationId);
      if (command instanceof Command.HeldByAnother another) {
        return Optional.of(
            session.node().label()
                + " is under the command of another Repli ("
                + another.holder()
                + "); only one may act on plan "
                + attempt.request.plan().id());
      }
    }
    attempt.epoch =
        attempt
            .journal
            .append(
                Decisions.milestone(
                    attempt.request,
                    SwitchMilestones.COMMAND_TAKEN,
                    "Command taken on " + there.size() + " nodes",
                    Map.of("nodes", Integer.toString(there.size()))))
            .seq();
    return Optional.empty();
  }

  private static String text(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
