package dev.repli.comparison.jdbc;

import dev.repli.comparison.ComparisonClaims;
import dev.repli.comparison.ComparisonClaimsContract;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class H2ComparisonClaimsTest extends ComparisonClaimsContract {
  @Override
  protected ComparisonClaims claims() {
    DataSource database =
        new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(database).locations("db/migration/h2").load().migrate();
    return new JdbcComparisonClaims(
        JdbcClient.create(database), new JdbcTransactionManager(database));
  }
}
