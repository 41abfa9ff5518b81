package dev.repli.incident.jdbc;

import dev.repli.incident.AlertLedger;
import dev.repli.incident.AlertLedgerContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The same of the table on every kind of database. */
abstract class JdbcAlertLedgerContract extends AlertLedgerContract {
  private JdbcAlertLedger ledger;

  /** An empty database with every table. */
  abstract DataSource database();

  @BeforeEach
  void open() {
    DataSource database = database();
    ledger = new JdbcAlertLedger(new JdbcTemplate(database), new JdbcTransactionManager(database));
  }

  @Override
  protected AlertLedger ledger() {
    return ledger;
  }
}
