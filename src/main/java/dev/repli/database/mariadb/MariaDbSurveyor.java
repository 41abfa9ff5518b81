package dev.repli.database.mariadb;

import dev.repli.database.jdbc.AccountSurvey;
import dev.repli.database.jdbc.ChannelSurvey;
import dev.repli.database.jdbc.DiskSurvey;
import dev.repli.database.jdbc.HistorySurvey;
import dev.repli.database.jdbc.NumbersBehind;
import dev.repli.database.jdbc.ProgramSurvey;
import dev.repli.database.jdbc.ServerSurvey;
import dev.repli.database.jdbc.SurveyWords;
import dev.repli.database.jdbc.SurveyedNode;
import dev.repli.database.jdbc.TableSurvey;
import dev.repli.database.jdbc.WorkSurvey;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveyor;
import dev.repli.database.survey.TableName;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.springframework.stereotype.Component;

/** MariaDB 10.11 and newer. */
@Component
final class MariaDbSurveyor implements Surveyor {
  /** Aggregate functions and packages are kinds of their own. */
  private static final String ROUTINES =
      "SELECT db, name, type, IF(security_type = 'DEFINER', definer, ''),"
          + " CONVERT(body_utf8 USING utf8mb4), NULL, NULL, CONVERT(param_list USING utf8mb4),"
          + " is_deterministic = 'YES' FROM mysql.proc WHERE db"
          + TableSurvey.NOT_OURS;

  private static final String ACCOUNTS =
      "SELECT user, host, IFNULL(JSON_VALUE(priv, '$.is_role'), 0) IN ('1', 'true'),"
          + " IFNULL(JSON_VALUE(priv, '$.plugin'), ''),"
          + " SHA2(CONCAT(IFNULL(JSON_VALUE(priv, '$.authentication_string'), ''), '/',"
          + " IFNULL(JSON_QUERY(priv, '$.auth_or'), '')), 256),"
          + " ELT(IFNULL(JSON_VALUE(priv, '$.ssl_type'), 0) + 1, '', 'ANY', 'X509', 'SPECIFIED'),"
          + " IFNULL(JSON_VALUE(priv, '$.account_locked'), 0) IN ('1', 'true'),"
          + " IFNULL(JSON_VALUE(priv, '$.plugin'), '') IN ('', 'mysql_native_password')"
          + " AND IFNULL(JSON_VALUE(priv, '$.authentication_string'), '') = ''"
          + " AND JSON_EXISTS(priv, '$.auth_or') = 0"
          + " FROM mysql.global_priv";

  private static final SurveyWords WORDS =
      new SurveyWords(
          "SET SESSION time_zone = '+00:00', max_statement_time = 15",
          new ServerSurvey(Node.Kind.MARIADB, "read_only")::read,
          new ChannelSurvey("SHOW ALL SLAVES STATUS")::read,
          new HistorySurvey("gtid_binlog_state", "SHOW MASTER STATUS", "SHOW SLAVE HOSTS")::read,
          WorkSurvey::read,
          new TableSurvey("extra", "NULL", "innodb_sys_tables")::read,
          new ProgramSurvey(ROUTINES)::read,
          new AccountSurvey(ACCOUNTS, "SELECT user, host, role FROM mysql.roles_mapping")::read,
          VersionedTables::read,
          DiskSurvey::read);

  private final SurveyedNode nodes;

  MariaDbSurveyor(Secrets secrets) {
    nodes = new SurveyedNode(secrets, WORDS);
  }

  @Override
  public Node.Kind kind() {
    return Node.Kind.MARIADB;
  }

  @Override
  public NodeSurvey survey(Node node, Executor executor) {
    return nodes.read(node, executor);
  }

  @Override
  public Reading<List<NumberBehind>> behind(Node node, Map<TableName, Long> numbers) {
    return nodes.section(node, link -> NumbersBehind.read(link, numbers));
  }
}
