package dev.repli.incident.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgreSqlAlertLedgerIT extends JdbcAlertLedgerContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();

  @Override
  DataSource database() {
    return DATABASE.migrated();
  }
}
