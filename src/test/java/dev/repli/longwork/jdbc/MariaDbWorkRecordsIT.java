package dev.repli.longwork.jdbc;

import dev.repli.lab.OwnDatabase;
import dev.repli.longwork.WorkRecords;
import dev.repli.longwork.WorkRecordsContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class MariaDbWorkRecordsIT extends WorkRecordsContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.mariaDb();

  @Override
  protected WorkRecords records() {
    DataSource database = DATABASE.migrated();
    return new JdbcWorkRecords(JdbcClient.create(database), new JdbcTransactionManager(database));
  }
}
