package dev.repli.cutover;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;

import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.journal.Journal;
import dev.repli.plan.Entrance;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Announcements;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * After a cutover that did not happen: every route has its limit back, and a write through each is
 * acknowledged by the source.
 */
public final class ConfirmUndone {
  private final Looks looks;
  private final RouteLimits limits;
  private final Databases databases;
  private final Journal journal;
  private final CutoverJournal own;
  private final Clock clock;

  ConfirmUndone(
      Looks looks,
      RouteLimits limits,
      Databases databases,
      Journal journal,
      CutoverJournal own,
      Clock clock) {
    this.looks = looks;
    this.limits = limits;
    this.databases = databases;
    this.journal = journal;
    this.own = own;
    this.clock = clock;
  }

  /** Ends the canary's stream if a killed Repli left it, and writes one row through each route. */
  public Findings confirm(RunKey run, Plan plan) {
    Findings findings =
        limits
            .restore(run, plan)
            .and(looks.atBoth(plan, (source, target) -> one(source, target)))
            .and(new Findings(writes(plan)));
    if (findings.good()) {
      Announcements.in(journal, false)
          .announce(
              run,
              "The cutover of %s did not happen; the writer is still %s and takes writes."
                  .formatted(plan.title(), plan.source().label()),
              Map.of(Announcements.MESSAGE, "cutover-undone", "fromNode", plan.source().label()));
    }
    return own.found(run, CutoverStep.UNDO, findings);
  }

  private static List<Finding> one(NodeSession source, NodeSession target) {
    if (source.isFenced() || !target.isFenced()) {
      return List.of(
          bad(
              "exactly one writer, the source",
              "",
              "source "
                  + (source.isFenced() ? "read only" : "writable")
                  + ", target "
                  + (target.isFenced() ? "read only" : "writable")));
    }
    if (source.replication().configured()) {
      source.canary().unfollow();
    }
    source.prepareProbe();
    return List.of(good("exactly one writer, the source", "", "source writable, target read only"));
  }

  private List<Finding> writes(Plan plan) {
    List<Finding> findings = new ArrayList<>();
    for (RouteSpec route : plan.routes()) {
      Entrance at =
          route.endpoint().orElse(new Entrance(plan.source().address(), Optional.empty()));
      findings.add(write(plan, route.name(), at));
    }
    return findings;
  }

  private Finding write(Plan plan, String route, Entrance at) {
    String what = "a write is acknowledged";
    try (ProbeConnection client =
        databases.openProbe(
            at.address(), at.seenAs(plan.source()), plan.target(), plan.probe().account())) {
      ProbeConnection.Ack ack = client.write("undone/" + plan.id(), clock.instant().toString());
      return ack instanceof ProbeConnection.Ack.Acknowledged
          ? good(what, route, "through " + at.address())
          : bad(what, route, ack.toString());
    } catch (NodeException e) {
      return bad(what, route, String.valueOf(e.getMessage()));
    }
  }
}
