package dev.repli.database.jdbc;

import dev.repli.database.NodeException;
import dev.repli.database.survey.Security;
import dev.repli.database.survey.Security.Certificate;
import dev.repli.database.survey.Security.Client;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Who is connected how, and the certificate that the server shows. */
public final class SecuritySurvey {
  private static final String CLIENTS =
      "SELECT processlist_user, IFNULL(processlist_host, ''), IFNULL(connection_type, ''),"
          + " processlist_user = ? FROM performance_schema.threads"
          + " WHERE type = 'FOREGROUND' AND processlist_user IS NOT NULL"
          + " AND processlist_command NOT LIKE 'Binlog Dump%'"
          + " AND processlist_user NOT IN ('system user', 'event_scheduler')";

  private SecuritySurvey() {}

  public static Security read(SqlLink link) {
    List<Client> clients = clients(link);
    try {
      Optional<Certificate> certificate = ShownCertificate.of(link.node().address());
      return new Security(certificate.isPresent(), certificate, clients);
    } catch (IOException e) {
      throw new NodeException(
          link.node(), "looking at its certificate", e, NodeException.Action.WAIT_AND_RETRY);
    }
  }

  private static List<Client> clients(SqlLink link) {
    String doing = "looking who connects without TLS";
    boolean kept =
        link.text(doing, "SELECT @@GLOBAL.performance_schema").filter("1"::equals).isPresent();
    if (!kept) {
      throw new NodeException(
          link.node(),
          doing,
          "performance_schema is off; put performance_schema = ON into the option file",
          NodeException.Action.REPAIR_TARGET);
    }
    return link.rows(
        doing,
        CLIENTS,
        row -> new Client(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)),
        link.node().account().user());
  }
}
