package dev.repli.cutover;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Client;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Finds clients that are still attached to the fenced source, gives them the grace to leave, then
 * ends their sessions. They are named before and after: who comes back at once connects past the
 * routes.
 */
public final class HuntClients {
  private final Looks looks;
  private final CutoverJournal journal;
  private final Clock clock;

  HuntClients(Looks looks, CutoverJournal journal, Clock clock) {
    this.looks = looks;
    this.journal = journal;
    this.clock = clock;
  }

  /** Whether the hunt is over. */
  public enum State {
    /** Clients are left, and have time to leave. */
    WAITING,
    /** None is left, or those who were left were ended. */
    OVER
  }

  public Instant deadline(Plan plan) {
    return clock.instant().plus(plan.cutover().clientGrace());
  }

  /**
   * Looks, and after the deadline ends who is left; never when the source is not fenced.
   *
   * @throws NodeException when the source does not answer
   */
  public State look(RunKey run, Plan plan, Instant deadline) {
    try (NodeSession source = looks.connect(plan, plan.source())) {
      Clients left = Clients.on(source, plan);
      if (left.none()) {
        tell(run, good("no client on the source", source.node().label(), "none"));
        return State.OVER;
      }
      if (clock.instant().isBefore(deadline)) {
        return State.WAITING;
      }
      tell(run, end(source, left));
      return State.OVER;
    }
  }

  private static Finding end(NodeSession source, Clients left) {
    String where = source.node().label();
    if (!source.isFenced()) {
      return bad("clients on the source", where, left.inWords() + "; not ended: it is not fenced");
    }
    left.sessions().stream().map(Client::sessionId).forEach(source::endSession);
    return note("ended after the grace", where, left.inWords());
  }

  private void tell(RunKey run, Finding finding) {
    journal.found(run, CutoverStep.VERIFICATION, new Findings(List.of(finding)));
  }
}
