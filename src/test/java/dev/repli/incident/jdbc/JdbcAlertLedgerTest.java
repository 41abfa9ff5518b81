package dev.repli.incident.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;

class JdbcAlertLedgerTest extends JdbcAlertLedgerContract {
  @Override
  DataSource database() {
    return OwnDatabase.embedded();
  }
}
