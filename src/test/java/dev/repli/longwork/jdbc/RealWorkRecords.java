package dev.repli.longwork.jdbc;

import dev.repli.longwork.WorkRecords;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The real records, on an H2 database that gets its tables here. */
public final class RealWorkRecords {
  private RealWorkRecords() {}

  public static WorkRecords on(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .locations("db/migration/h2")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return new JdbcWorkRecords(JdbcClient.create(database), new JdbcTransactionManager(database));
  }
}
