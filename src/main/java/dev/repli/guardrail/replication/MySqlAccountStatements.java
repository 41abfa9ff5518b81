package dev.repli.guardrail.replication;

import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import org.springframework.stereotype.Component;

@Component
final class MySqlAccountStatements implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.REPLICATION,
            "mysql-account-statements",
            "No account is created or changed on MySQL while MariaDB follows it")
        .protectsFrom("error 1524: CREATE USER with a plugin of MySQL stops the replica")
        .reads("kinds of the nodes and default authentication of MySQL")
        .mend(
            "freeze accounts during the migration, or create them on both nodes with SET"
                + " sql_log_bin = 0; name this guardrail in the approval");
  }

  @Override
  public Verdict check(Situation situation) {
    boolean across =
        situation.writer().node().kind() == Node.Kind.MYSQL
            && situation.next().node().kind() == Node.Kind.MARIADB;
    if (!across) {
      return Verdict.holds("no MariaDB replica of a MySQL server");
    }
    Server server = situation.writer().server().get();
    String how =
        server
            .variable("authentication_policy")
            .or(() -> server.variable("default_authentication_plugin"))
            .orElse("?");
    return Verdict.fails(
        "each CREATE USER on MySQL stops the replica (error 1524)",
        "new accounts authenticate by " + how);
  }
}
