package dev.repli.replication;

import dev.repli.plan.Node;
import dev.repli.replication.SetupServer.Facts;

/** What of the two servers only a set-up asks; the rest are guardrails. */
final class ServerChecks {
  private static final int OLDEST_TARGET = 1011;

  private ServerChecks() {}

  static void check(BothSides sides) {
    versions(sides);
    names(sides);
    tls(sides);
  }

  private static void versions(BothSides sides) {
    Facts target = sides.onTarget();
    Facts source = sides.onSource();
    sides.expect(
        sides.target().node().kind() == Node.Kind.MARIADB && target.release() >= OLDEST_TARGET,
        "version of the target",
        sides.targetLabel(),
        target.version(),
        "a replica is set up on MariaDB 10.11 or newer only");
    boolean newer =
        sides.source().node().kind() == Node.Kind.MYSQL || target.release() >= source.release();
    sides.expect(
        newer,
        "version pair",
        sides.targetLabel(),
        source.version() + " to " + target.version(),
        "replicate towards the same or a newer release");
  }

  private static void names(BothSides sides) {
    String names = "lower_case_table_names";
    sides.expect(
        sides.onSource().variable(names).equals(sides.onTarget().variable(names)),
        names,
        sides.targetLabel(),
        "source %s, target %s"
            .formatted(sides.onSource().variable(names), sides.onTarget().variable(names)),
        "initialise the target with the value of the source");
  }

  private static void tls(BothSides sides) {
    Node.Tls tls = sides.source().node().tls();
    boolean wanted = tls != Node.Tls.DISABLED;
    Facts at = sides.onSource();
    sides.expect(
        wanted || !at.isOn("require_secure_transport"),
        "TLS that the source requires",
        sides.sourceLabel(),
        "require_secure_transport is " + at.variable("require_secure_transport"),
        "set tls: trust or better for the source in the plan");
    if (!wanted) {
      sides.note(
          "replication without TLS",
          sides.sourceLabel(),
          "the plan says tls: disabled; every change crosses the network readable");
    }
  }
}
