package dev.repli.certificate;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.rollback.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Repli may do on both nodes what a switch needs, and replicas may log in on the target. */
final class GrantsProof implements Proof {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Override
  public List<Finding> inspect(Situation now) {
    List<Finding> findings = new ArrayList<>(List.of(own(now.source()), own(now.target())));
    if (now.streamsBack()) {
      findings.addAll(new ImportGrants(now.plan()).inspect(now.source()));
    } else {
      findings.add(replication(now.target()));
    }
    return findings;
  }

  private static Finding own(NodeSession node) {
    List<String> missing = node.missingPrivileges();
    return expect(
        missing.isEmpty(),
        "privileges of Repli's account",
        node.node().label(),
        missing.isEmpty() ? "complete" : "missing: " + String.join(", ", missing));
  }

  private static Finding replication(NodeSession target) {
    String user = target.node().replication().user();
    String what = "replication account " + user;
    try {
      boolean granted =
          target.queryText(question(user), LIMIT).filter(count -> !count.equals("0")).isPresent();
      return expect(
          granted,
          what,
          target.node().label(),
          granted ? "may replicate" : "has no REPLICATION SLAVE: GRANT REPLICATION SLAVE ON *.*");
    } catch (NodeException e) {
      return bad(what, target.node().label(), String.valueOf(e.getMessage()));
    }
  }

  /** The name stands in the plan, which allows no quotes in names of accounts. */
  static String question(String user) {
    return "SELECT COUNT(*) FROM information_schema.user_privileges WHERE privilege_type IN"
        + " ('REPLICATION SLAVE', 'REPLICATION REPLICA') AND grantee LIKE '''"
        + user.replace("'", "").replace("\\", "")
        + "''@%'";
  }
}
