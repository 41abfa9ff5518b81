package dev.repli.replication;

import dev.repli.plan.Node;
import dev.repli.replication.SetupServer.Facts;
import java.util.Locale;

/** Settings of the two servers without which a replica is not possible, or not the same. */
final class ServerChecks {
  private static final int OLDEST_TARGET = 1011;

  private ServerChecks() {}

  static void check(BothSides sides) {
    versions(sides);
    binlog(sides);
    identity(sides);
    tls(sides);
    if (sides.source().node().kind() == Node.Kind.MYSQL) {
      mysql(sides);
    }
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

  private static void binlog(BothSides sides) {
    String source = sides.sourceLabel();
    Facts at = sides.onSource();
    sides.expect(
        at.isOn("log_bin"),
        "binary log",
        source,
        at.variable("log_bin"),
        "set log_bin in its option file and restart it");
    sides.expect(
        at.variable("binlog_format").equalsIgnoreCase("ROW"),
        "binlog_format",
        source,
        at.variable("binlog_format"),
        "SET GLOBAL binlog_format = ROW, in its option file too, and reconnect the applications");
    sides.expect(
        at.variable("binlog_row_image").toUpperCase(Locale.ROOT).startsWith("FULL"),
        "binlog_row_image",
        source,
        at.variable("binlog_row_image"),
        "SET GLOBAL binlog_row_image = FULL, in its option file too");
    boolean keeps =
        sides.onTarget().isOn("log_bin")
            && (sides.onTarget().isOn("log_slave_updates")
                || sides.onTarget().isOn("log_replica_updates"));
    sides.expect(
        keeps,
        "binary log with what it applies",
        sides.targetLabel(),
        keeps ? "ON" : "OFF",
        "set log_bin and log_slave_updates in its option file and restart it; without them there"
            + " is no way back");
  }

  private static void identity(BothSides sides) {
    long source = sides.onSource().serverId();
    long target = sides.onTarget().serverId();
    sides.expect(
        source != target && source > 0 && target > 0,
        "server ids",
        sides.targetLabel(),
        "source " + source + ", target " + target,
        "give each server a server_id of its own");
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
    // MySQL has no such variable since 8.4: there the login itself shows it
    boolean can = !at.variables().containsKey("have_ssl") || at.variable("have_ssl").equals("YES");
    sides.expect(
        !wanted || can,
        "TLS of the source",
        sides.sourceLabel(),
        wanted
            ? "the plan says tls: " + tls + ", have_ssl is " + at.variable("have_ssl")
            : "not wanted by the plan",
        "give the source a certificate (ssl_cert, ssl_key), or set tls: disabled for it in the"
            + " plan. A replica of 11.4 or newer wants TLS unless it is told otherwise");
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

  private static void mysql(BothSides sides) {
    String source = sides.sourceLabel();
    Facts at = sides.onSource();
    sides.expect(
        !at.isOn("binlog_transaction_compression"),
        "binlog_transaction_compression",
        source,
        at.variable("binlog_transaction_compression"),
        "SET PERSIST binlog_transaction_compression = OFF; MariaDB stops on such transactions"
            + " (error 1594)");
    sides.expect(
        at.variable("binlog_row_value_options").isEmpty(),
        "binlog_row_value_options",
        source,
        at.variable("binlog_row_value_options"),
        "SET PERSIST binlog_row_value_options = ''; MariaDB cannot read partial values");
    boolean tagged = at.variable("gtid_executed").matches("(?s).*:[a-z_].*");
    sides.expect(
        !tagged,
        "tagged GTIDs",
        source,
        tagged ? "there are some" : "none",
        "MariaDB stops on them (error 1594); no session may set a tag, then set up again");
  }
}
