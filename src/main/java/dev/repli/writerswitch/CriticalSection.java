package dev.repli.writerswitch;

import static dev.repli.writerswitch.PhaseResult.DONE;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Fence;
import dev.repli.database.NodeSession.Mark;
import dev.repli.database.NodeSession.Standing;
import dev.repli.database.Position;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.BlockerPolicy;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteSession;
import dev.repli.writerswitch.PhaseResult.Aborted;
import dev.repli.writerswitch.PhaseResult.Failed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The phases from Arm to the point of no return. Any failure in them is undone. */
final class CriticalSection {
  /** Whoever wrote one of these after the intent decides, not this commander. */
  private static final List<String> YIELDS_TO =
      List.of(
          SwitchMilestones.ABORT_REQUESTED, SwitchMilestones.COMMAND_TAKEN, SwitchMilestones.ENDED);

  private static final Duration STREAM_GATE = Duration.ofMillis(100);

  private final LongSupplier nanoClock;

  CriticalSection(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * The intent is committed before anything is changed, so that a successor knows what it may find.
   */
  PhaseResult arm(SwitchAttempt attempt) {
    Optional<JournalEntry> armed =
        attempt.journal.appendUnless(
            intent(attempt),
            List.of(SwitchMilestones.ABORT_REQUESTED),
            Decisions.abortsCountAfter(attempt.journal));
    if (armed.isEmpty()) {
      return new Aborted("stopped on request before anything was changed");
    }
    attempt.armedSeq = armed.get().seq();
    attempt.requireCommand();
    attempt.newWriter().persistFence(true);
    attempt.oldWriter().draftFence();
    Duration lease = attempt.request.plan().budgets().lease();
    attempt.lease = Lease.startingNow(lease, nanoClock);
    attempt.oldWriter().armDeadMan(lease);
    return DONE;
  }

  private static Milestone intent(SwitchAttempt attempt) {
    return Decisions.milestone(
        attempt.request,
        SwitchMilestones.ARMED,
        "The writer is about to move from " + attempt.request.direction().words(),
        Map.of(
            "eventsOn", Boolean.toString(attempt.eventsWereOn),
            "events", String.join(",", attempt.events),
            "lease", attempt.request.plan().budgets().lease().toString()));
  }

  /**
   * Backlog is worked off before anything is held; then routes that can keep new work waiting do
   * so.
   */
  PhaseResult hold(SwitchAttempt attempt) {
    Optional<Failed> closed = gate(attempt);
    if (closed.isPresent()) {
      return closed.get();
    }
    renewLease(attempt);
    for (RouteSession route : attempt.routes) {
      if (route.canHold()) {
        attempt.requireCommand();
        int left = route.hold(attempt.request.direction().from(), drain(route, attempt));
        attempt.keep(
            new Measured("sessions in use after hold", route.spec().name(), "" + left, "sessions"));
      }
    }
    return DONE;
  }

  /** The wait at the gate is not part of the freeze: clients still write. */
  private void renewLease(SwitchAttempt attempt) {
    Duration lease = attempt.request.plan().budgets().lease();
    if (attempt.lease().left().compareTo(lease.multipliedBy(3).dividedBy(4)) < 0) {
      attempt.oldWriter().cancelDeadMan();
      attempt.lease = Lease.startingNow(lease, nanoClock);
      attempt.oldWriter().armDeadMan(lease);
    }
  }

  /** Repli's own stream says how far it is by way of Repli's database, which takes its time. */
  private static Duration gate(SwitchRequest request) {
    Duration planned = request.plan().budgets().gate();
    return request.streamed() && planned.compareTo(STREAM_GATE) < 0 ? STREAM_GATE : planned;
  }

  private Optional<Failed> gate(SwitchAttempt attempt) {
    Duration gate = gate(attempt.request);
    Lease patience = Lease.startingNow(attempt.request.plan().budgets().gateWait(), nanoClock);
    NodeSession newWriter = attempt.newWriter();
    while (true) {
      CatchUp caughtUp = attempt.newWriterReaches(attempt.oldWriterPosition(), gate.plusSeconds(1));
      if (caughtUp instanceof CatchUp.Reached reached && reached.took().compareTo(gate) <= 0) {
        attempt.keep(
            new Measured(
                "gate", newWriter.node().label(), "" + reached.took().toNanos() / 1000, "µs"));
        return Optional.empty();
      }
      if (patience.isOver() || attempt.lease().isOver()) {
        return Optional.of(
            new Failed(
                newWriter.node().label()
                    + " never followed within "
                    + gate.toMillis()
                    + " ms during "
                    + attempt.request.plan().budgets().gateWait().toSeconds()
                    + " s: its backlog would have been a write outage; find what slows its replication, or raise budgets.gate"));
      }
    }
  }

  private static Duration drain(RouteSession route, SwitchAttempt attempt) {
    Duration drain =
        route.spec() instanceof RouteSpec.ProxySql proxySql ? proxySql.drain() : Duration.ZERO;
    Duration left = attempt.lease().left();
    return drain.compareTo(left) < 0 ? drain : left;
  }

  /** From here on no write is acknowledged by the old writer. */
  PhaseResult fence(SwitchAttempt attempt) {
    NodeSession oldWriter = attempt.oldWriter();
    while (true) {
      Fence fence = oldWriter.fence(attempt.request.plan().budgets().fenceLockWait());
      if (fence instanceof Fence.Fenced) {
        return DONE;
      }
      Fence.Blocked blocked = (Fence.Blocked) fence;
      String who =
          blocked.blockers().stream().map(CriticalSection::name).collect(Collectors.joining("; "));
      attempt.keep(new Measured("fence blocked by", oldWriter.node().label(), who, "sessions"));
      if (attempt.request.plan().blockers() == BlockerPolicy.END) {
        blocked.blockers().forEach(blocker -> oldWriter.endSession(blocker.sessionId()));
      }
      if (attempt.lease().isOver()) {
        return new Failed(
            oldWriter.node().label()
                + " could not be fenced within the lease, because of running writes: "
                + who);
      }
    }
  }

  private static String name(Fence.Blocker blocker) {
    return "session %d %s@%s, %d s: %s"
        .formatted(
            blocker.sessionId(),
            blocker.user(),
            blocker.host(),
            blocker.age().toSeconds(),
            blocker.statement());
  }

  /**
   * The last position of the old writer. The transactions that the fence aborts are read between
   * the two looks at it.
   */
  PhaseResult mark(SwitchAttempt attempt) {
    NodeSession oldWriter = attempt.oldWriter();
    Mark mark = oldWriter.mark();
    attempt.abortedInFlight = mark.openTransactions();
    if (!mark.first().equals(mark.second())) {
      return new Failed(
          oldWriter.node().label()
              + " still moves behind its fence, from "
              + mark.first()
              + " to "
              + mark.second()
              + ": some account or event is not stopped by read_only");
    }
    attempt.history = mark.second();
    attempt.marked = attempt.request.mixed() ? attempt.oldWriterPosition() : mark.second();
    return DONE;
  }

  /** A position reached, never a lag of zero. */
  PhaseResult catchUp(SwitchAttempt attempt) {
    CatchUp caughtUp = attempt.newWriterReaches(attempt.marked(), attempt.lease().left());
    if (caughtUp instanceof CatchUp.NotReached notReached) {
      return new Failed(
          attempt.newWriter().node().label()
              + " did not reach "
              + attempt.marked()
              + ": "
              + notReached.why());
    }
    return DONE;
  }

  /**
   * The fence is made permanent, and then read back, because the dead-man's switch may have been
   * faster.
   */
  PhaseResult seal(SwitchAttempt attempt) {
    NodeSession oldWriter = attempt.oldWriter();
    oldWriter.cancelDeadMan();
    Standing now = attempt.underCommand(oldWriter);
    if (!now.fenced()) {
      return new Failed(
          oldWriter.node().label() + " was re-opened by its dead-man's switch: the lease was over");
    }
    Position position = attempt.request.mixed() ? attempt.oldWriterPosition() : now.position();
    if (!position.equals(attempt.marked())) {
      return new Failed(
          oldWriter.node().label()
              + " moved from "
              + attempt.marked()
              + " to "
              + position
              + " behind its fence");
    }
    attempt.requireCommandOf(attempt.newWriter());
    oldWriter.persistFence(true);
    return DONE;
  }

  /** One committed line in the journal; a request to stop that came first wins. */
  PhaseResult passPointOfNoReturn(SwitchAttempt attempt) {
    Milestone milestone =
        Decisions.milestone(
            attempt.request,
            SwitchMilestones.POINT_OF_NO_RETURN,
            attempt.request.newWriter().label()
                + " becomes the writer; from here on the switch only goes forward",
            facts(attempt));
    if (attempt.lease().isOver()) {
      return new Failed("the lease was over before the point of no return");
    }
    if (attempt.journal.appendUnless(milestone, YIELDS_TO, attempt.armedSeq).isPresent()) {
      return DONE;
    }
    return attempt.replaced()
        ? new Failed("another commander took over before the point of no return")
        : new Aborted("stopped on request before the point of no return");
  }

  /** Servers that replicate by GTID know by themselves where to go on; others have to be told. */
  private static Map<String, String> facts(SwitchAttempt attempt) {
    Map<String, String> facts = new HashMap<>();
    PositionFacts.put(facts, "position", attempt.marked());
    facts.put("events", String.join(",", attempt.events));
    facts.put("eventsOn", Boolean.toString(attempt.eventsWereOn));
    facts.put("aborted", String.join(",", attempt.abortedInFlight));
    if (attempt.request.mixed()) {
      Position opened = attempt.newWriterPosition();
      attempt.opened = opened;
      PositionFacts.put(facts, "opened", opened);
      PositionFacts.put(facts, "history", attempt.history());
    }
    return facts;
  }
}
