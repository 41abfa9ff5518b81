package dev.repli.database.mysql;

import dev.repli.database.jdbc.AccountSurvey;
import dev.repli.database.jdbc.ChannelSurvey;
import dev.repli.database.jdbc.HistorySurvey;
import dev.repli.database.jdbc.MigrationTables;
import dev.repli.database.jdbc.NamedTimeZones;
import dev.repli.database.jdbc.NumbersBehind;
import dev.repli.database.jdbc.ProgramSurvey;
import dev.repli.database.jdbc.ServerSurvey;
import dev.repli.database.jdbc.SurveyWords;
import dev.repli.database.jdbc.SurveyedNode;
import dev.repli.database.jdbc.TableSurvey;
import dev.repli.database.jdbc.WorkSurvey;
import dev.repli.database.survey.Contents;
import dev.repli.database.survey.Disks;
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

/** MySQL 8.4 and newer. */
@Component
final class MySqlSurveyor implements Surveyor {
  private static final String ROUTINES =
      "SELECT routine_schema, routine_name, routine_type,"
          + " IF(security_type = 'DEFINER', definer, ''), IFNULL(routine_definition, ''), NULL,"
          + " NULL, '', is_deterministic = 'YES' FROM information_schema.routines"
          + " WHERE routine_schema"
          + TableSurvey.NOT_OURS;

  private static final String ACCOUNTS =
      "SELECT user, host, 0, plugin, SHA2(IFNULL(authentication_string, ''), 256),"
          + " CAST(ssl_type AS CHAR), account_locked = 'Y',"
          + " IFNULL(authentication_string, '') = '' AND plugin LIKE '%password%'"
          + " FROM mysql.user";

  private static final SurveyWords WORDS =
      new SurveyWords(
          "SET SESSION time_zone = '+00:00', max_execution_time = 15000,"
              + " information_schema_stats_expiry = 0",
          new ServerSurvey(Node.Kind.MYSQL, "read_only")::read,
          new ChannelSurvey("SHOW REPLICA STATUS")::read,
          new HistorySurvey("gtid_executed", "SHOW BINARY LOG STATUS", "SHOW REPLICAS")::read,
          WorkSurvey::read,
          new TableSurvey(
                  "CONCAT(extra, IF(srs_id IS NULL, '', ' SRID'))", "expression", "innodb_tables")
              ::read,
          new ProgramSurvey(ROUTINES)::read,
          new AccountSurvey(ACCOUNTS, "SELECT to_user, to_host, from_user FROM mysql.role_edges")
              ::read,
          // TIMESTAMP ends in 2038 there, and nothing is system-versioned
          link ->
              new Contents(
                  List.of(), List.of(), MigrationTables.read(link), NamedTimeZones.there(link)),
          link -> Disks.unknown("MySQL does not tell of disks"));

  private final SurveyedNode nodes;

  MySqlSurveyor(Secrets secrets) {
    nodes = new SurveyedNode(secrets, WORDS);
  }

  @Override
  public Node.Kind kind() {
    return Node.Kind.MYSQL;
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
