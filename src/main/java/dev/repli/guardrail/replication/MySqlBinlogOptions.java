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
import org.springframework.stereotype.Component;

@Component
final class MySqlBinlogOptions implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "mysql-binlog-options",
            "MySQL writes a binary log that MariaDB can read")
        .protectsFrom(
            "error 1594 (compressed transactions, tagged GTIDs), or JSON changes that"
                + " arrive empty")
        .reads(
            "binlog_row_value_options, binlog_transaction_compression and tagged GTIDs in"
                + " the history of the MySQL node")
        .mend(
            "SET GLOBAL binlog_row_value_options = '', binlog_transaction_compression ="
                + " OFF, for new sessions; stop using tagged GTIDs and copy anew from a"
                + " position after the last");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      boolean across =
          node.node().kind() == Node.Kind.MYSQL
              && situation.both().stream().anyMatch(n -> n.node().kind() == Node.Kind.MARIADB);
      if (across) {
        problems(node, problems);
      }
    }
    return Verdict.unless(problems, "nothing that MariaDB cannot read");
  }

  private static void problems(NodeSurvey node, List<String> problems) {
    Server server = node.server().get();
    server
        .variable("binlog_row_value_options")
        .filter(value -> !value.isBlank())
        .ifPresent(value -> problems.add(node.label() + ": binlog_row_value_options = " + value));
    if (server.isOn("binlog_transaction_compression")) {
      problems.add(node.label() + ": binlog_transaction_compression is ON (error 1594)");
    }
    if (GtidSet.tagged(node.history().get().state())) {
      problems.add(node.label() + ": its history has tagged GTIDs (error 1594)");
    }
  }
}
