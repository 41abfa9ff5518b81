package dev.repli.certificate;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets;
import dev.repli.rollback.Finding;
import dev.repli.route.ReadBack;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row written on the target arrives on the source, and one written on the source arrives on the
 * target. Before the cutover the source follows the target for this moment only; the row on the
 * source also ends the canary's own history on both, so that waiting for a position stays possible.
 */
final class CanaryProof implements Proof {
  private static final Duration ARRIVAL = Duration.ofSeconds(5);
  private static final String BACK = "canary row from the target to the source";
  private static final String THERE = "canary row from the source to the target";

  private final Secrets secrets;
  private final Clock clock;
  private final ReadBack wait;
  private final StreamedCanary streamed;

  CanaryProof(Secrets secrets, Clock clock, ReadBack wait, StreamCanary stream) {
    this.secrets = secrets;
    this.streamed = new StreamedCanary(stream);
    this.clock = clock;
    this.wait = wait;
  }

  @Override
  public List<Finding> inspect(Situation now) {
    if (!now.beforeCutover()) {
      return List.of(inUse(now));
    }
    return now.streamsBack() ? streamed(now) : bothWays(now);
  }

  /** The source follows nobody here: what Repli imports is the way that will be used. */
  private List<Finding> streamed(Situation now) {
    List<Finding> findings = new ArrayList<>();
    now.source().prepareProbe();
    try {
      streamed.prepare(now);
      awaitProbe(now.source(), now.target());
      findings.add(streamed.back(BACK, now, run(now.plan()), id("b")));
    } catch (NodeException e) {
      findings.add(bad(BACK, now.target().node().label(), String.valueOf(e.getMessage())));
    }
    findings.add(travels(THERE, now.source(), now.target(), now, id("t")));
    return findings;
  }

  /** In the rollback window the stream is in use: the writer's row has to arrive. */
  private Finding inUse(Situation now) {
    now.target().prepareProbe();
    return travels(BACK, now.target(), now.source(), now, id("b"));
  }

  private List<Finding> bothWays(Situation now) {
    NodeSession source = now.source();
    NodeSession target = now.target();
    List<Finding> findings = new ArrayList<>();
    source.canary().unfollow();
    source.prepareProbe();
    try {
      awaitProbe(source, target);
      Node other = target.node();
      source
          .canary()
          .follow(other, target.canary().end(), secrets.resolve(other.replication().password()));
      findings.add(travels(BACK, target, source, now, id("b")));
    } catch (NodeException e) {
      findings.add(bad(BACK, target.node().label(), String.valueOf(e.getMessage())));
    } finally {
      source.canary().unfollow();
    }
    findings.add(travels(THERE, source, target, now, id("t")));
    return findings;
  }

  /** The table that the canary is written to came from the source. */
  private static void awaitProbe(NodeSession source, NodeSession target) {
    if (target.waitFor(source.positionFor(target.node()), ARRIVAL)
        instanceof NodeSession.CatchUp.NotReached notReached) {
      throw new NodeException(
          target.node(),
          "following the source",
          notReached.why(),
          NodeException.Action.REPAIR_TARGET);
    }
  }

  private Finding travels(String what, NodeSession from, NodeSession to, Situation now, String id) {
    String run = run(now.plan());
    String where = from.node().label() + " to " + to.node().label();
    try {
      write(from, now, run, id);
      long begin = wait.nanoTime().getAsLong();
      boolean arrived = wait.within(ARRIVAL, () -> arrived(to, run, id));
      long millis = Duration.ofNanos(wait.nanoTime().getAsLong() - begin).toMillis();
      return arrived
          ? good(what, where, "arrived after " + millis + " ms")
          : bad(what, where, "not there after " + ARRIVAL.toSeconds() + " s" + error(to));
    } catch (NodeException e) {
      return bad(what, where, String.valueOf(e.getMessage()));
    }
  }

  /** Under which name its rows stand in the probe's table. */
  static String run(Plan plan) {
    return "wayback/" + plan.id();
  }

  static boolean arrived(NodeSession to, String run, String id) {
    String before = id.substring(0, id.length() - 1);
    return to.findProbeRows(run, Optional.of(before)).containsKey(id);
  }

  private static void write(NodeSession from, Situation now, String run, String id) {
    if (from.node().equals(now.plan().node(now.writer()))) {
      from.canary().write(run, id);
    } else {
      from.canary().writePastFence(run, id);
    }
  }

  private static String error(NodeSession to) {
    String error = to.replication().error();
    return error.isEmpty() ? "" : ": " + error;
  }

  /** Never the same twice, and growing with time. */
  private String id(String direction) {
    return clock.instant() + "-" + wait.nanoTime().getAsLong() + direction;
  }
}
