package dev.repli.reads;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.risk;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Replication;
import dev.repli.database.Position;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.rollback.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the target may be read: it follows whom the plan says, and is not far behind the source.
 * The lag is that of the whole chain, by position: whatever stands between has to pass it on.
 */
final class ReaderNodes {
  private final Looks looks;

  ReaderNodes(Looks looks) {
    this.looks = looks;
  }

  /** What was found, and the server id by which the target answers; 0 when it did not say. */
  record Seen(Findings findings, long targetId) {}

  /** Changes nothing. Takes some 10 ms, as long as the allowed lag when the target is late. */
  Seen look(Plan plan) {
    try (NodeSession target = looks.connect(plan, plan.target())) {
      long id = target.look().serverId();
      List<Finding> findings = new ArrayList<>();
      findings.add(
          expect(
              target.isFenced(),
              "refuses application writes",
              plan.target().label(),
              target.isFenced() ? "read only" : "writable"));
      findings.addAll(follows(plan, target));
      return new Seen(new Findings(findings), id);
    } catch (NodeException e) {
      return new Seen(
          new Findings(List.of(bad("look at the node", plan.target().label(), said(e)))), 0);
    }
  }

  private List<Finding> follows(Plan plan, NodeSession target) {
    Point wanted;
    try (NodeSession source = looks.connect(plan, plan.source())) {
      wanted = new Point(source.look().serverId(), source.position());
    } catch (NodeException e) {
      // says nothing against the target, and reads must not go back to a source that is silent
      return List.of(risk("look at the node", plan.source().label(), said(e)));
    }
    List<Finding> findings = new ArrayList<>(threads(plan, wanted, target));
    findings.add(lag(plan, wanted, target));
    return findings;
  }

  /** Where the source stands. */
  private record Point(long serverId, Position position) {}

  private static List<Finding> threads(Plan plan, Point source, NodeSession target) {
    String where = target.node().label();
    Replication stream = target.replication();
    if (!stream.configured()) {
      return List.of(bad("replication", where, "not set up"));
    }
    long wanted = plan.reads().followsServerId().map(Integer::longValue).orElse(source.serverId());
    String error = stream.error().isEmpty() ? "" : ": " + stream.error();
    return List.of(
        expect(
            stream.receiving() && stream.applying(),
            "receives and applies changes",
            where,
            "receives: " + stream.receiving() + ", applies: " + stream.applying() + error),
        expect(
            stream.sourceServerId() == wanted,
            "follows whom the plan says",
            where,
            "server id " + stream.sourceServerId() + ", wanted " + wanted));
  }

  private static Finding lag(Plan plan, Point source, NodeSession target) {
    String what = "reaches the source's position within " + Words.of(plan.reads().limits().lag());
    CatchUp reached = target.waitFor(source.position(), plan.reads().limits().lag());
    return reached instanceof CatchUp.Reached in
        ? good(what, target.node().label(), "after " + in.took().toMillis() + " ms")
        : bad(what, target.node().label(), ((CatchUp.NotReached) reached).why());
  }

  private static String said(NodeException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
