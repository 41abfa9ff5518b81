package dev.repli.rollback;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;
import static dev.repli.rollback.Finding.risk;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Facts;
import dev.repli.database.NodeSession.Replication;
import dev.repli.database.Position;
import dev.repli.plan.Plan;
import dev.repli.plan.Transport;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether everything that the target acknowledges arrives on the source. Proved by a position that
 * is reached; a lag of 0 seconds proves nothing.
 */
public final class ReverseStream {
  private static final Duration REACH = Duration.ofSeconds(5);
  private final Looks looks;
  private final StepJournal journal;
  private final StandingStreamLook standing;

  ReverseStream(Looks looks, StepJournal journal, StandingStreamLook standing) {
    this.looks = looks;
    this.journal = journal;
    this.standing = standing;
  }

  /** Changes nothing. Takes some 10 ms, at most 5 s more when the source does not follow. */
  public Findings inspect(RunKey run, Plan plan) {
    Findings findings = looks.atBoth(plan, (source, target) -> inspect(plan, source, target));
    journal.found(run, StepName.EXECUTION, findings);
    return findings;
  }

  /** The same, on nodes that are open already; nothing is written down. */
  public List<Finding> inspect(Plan plan, NodeSession source, NodeSession target) {
    List<Finding> findings = new ArrayList<>();
    if (Transport.of(plan.target(), plan.source()) == Transport.STREAM) {
      findings.addAll(standing.inspect(plan, target));
    } else {
      findings.addAll(threads(source, target));
      findings.add(reaches(source, target));
    }
    findings.addAll(settings(source.look(), target.look(), source, target));
    findings.add(privileges(source));
    findings.add(privileges(target));
    return findings;
  }

  private static List<Finding> threads(NodeSession source, NodeSession target) {
    String where = source.node().label();
    Replication stream = source.replication();
    if (!stream.configured()) {
      return List.of(bad("replication from the target", where, "not set up"));
    }
    long wanted = target.look().serverId();
    String error = stream.error().isEmpty() ? "" : ": " + stream.error();
    return List.of(
        expect(stream.receiving(), "receives changes", where, yes(stream.receiving()) + error),
        expect(stream.applying(), "applies changes", where, yes(stream.applying()) + error),
        expect(
            stream.sourceServerId() == wanted,
            "replicates from the target",
            where,
            "server id " + stream.sourceServerId() + ", the target has " + wanted));
  }

  private static Finding reaches(NodeSession source, NodeSession target) {
    Position position = target.positionFor(source.node());
    String what = "reaches the target's position " + position;
    CatchUp result = source.waitFor(position, REACH);
    return result instanceof CatchUp.Reached reached
        ? good(what, source.node().label(), "after " + reached.took().toMillis() + " ms")
        : bad(what, source.node().label(), ((CatchUp.NotReached) result).why());
  }

  private static List<Finding> settings(
      Facts source, Facts target, NodeSession onSource, NodeSession onTarget) {
    return List.of(
        setting(target, "binlog_format", "ROW", onTarget),
        setting(source, "gtid_strict_mode", "ON", onSource));
  }

  private static Finding setting(Facts facts, String name, String wanted, NodeSession node) {
    String value = facts.variables().get(name);
    String where = node.node().label();
    if (value == null) {
      return note(name, where, "not known on this kind of server");
    }
    boolean asWanted = normal(value).equals(wanted);
    return asWanted
        ? good(name, where, wanted)
        : risk(name, where, value + " instead of " + wanted + ": copies can differ unnoticed");
  }

  private static String normal(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return upper.equals("1") ? "ON" : upper;
  }

  private static Finding privileges(NodeSession node) {
    List<String> missing = node.missingPrivileges();
    return expect(
        missing.isEmpty(),
        "privileges of Repli's account",
        node.node().label(),
        missing.isEmpty() ? "complete" : "missing: " + String.join(", ", missing));
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
