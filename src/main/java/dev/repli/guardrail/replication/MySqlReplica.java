package dev.repli.guardrail.replication;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
final class MySqlReplica implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "mysql-replica-of-mariadb", "A MySQL node can follow MariaDB back")
        .protectsFrom(
            "a way back that cannot exist: MySQL 8.4 and newer cannot read the row events"
                + " of MariaDB, older ones stop at annotations, GTIDs and collations, or apply"
                + " nothing without an error")
        .reads(
            "versions, gtid_mode of MySQL, binlog_annotate_row_events and"
                + " collation_server of MariaDB")
        .mend(
            "before MySQL 8.4: gtid_mode other than ON, binlog_annotate_row_events = OFF,"
                + " collation_server = utf8mb4_general_ci in all sessions; from 8.4 on it can"
                + " only be the source, whose way back is Repli's own stream");
  }

  @Override
  public Verdict check(Situation situation) {
    Optional<NodeSurvey> mysql = of(situation, Node.Kind.MYSQL);
    Optional<NodeSurvey> maria = of(situation, Node.Kind.MARIADB);
    if (mysql.isEmpty() || maria.isEmpty()) {
      return Verdict.holds("both nodes speak the same dialect");
    }
    if (mysql.get().node().role() == Node.Role.SOURCE) {
      return Verdict.holds("the way back is Repli's own stream: the certificate tries it");
    }
    Server replica = mysql.get().server().get();
    Server origin = maria.get().server().get();
    List<String> problems = new ArrayList<>();
    if (replica.version().atLeast(8, 4)) {
      problems.add(
          replica.version().label()
              + " cannot read row events of MariaDB (type 23): replication leads one way only");
    }
    if (replica.isOn("gtid_mode")) {
      problems.add(
          "gtid_mode is ON on MySQL: error 13117, MariaDB's transactions are anonymous to it");
    }
    if (origin.isOn("binlog_annotate_row_events")) {
      problems.add("binlog_annotate_row_events is ON on MariaDB: MySQL cannot parse the relay log");
    }
    String collation = origin.variable("collation_server").orElse("");
    if (collation.contains("uca1400")) {
      problems.add(
          "collation_server of MariaDB is "
              + collation
              + ": MySQL does not know it, and may create nothing without an error");
    }
    return Verdict.unless(
        problems, replica.version().label() + " can follow " + origin.version().label());
  }

  private static Optional<NodeSurvey> of(Situation situation, Node.Kind kind) {
    return situation.both().stream().filter(node -> node.node().kind() == kind).findFirst();
  }
}
