package dev.repli.comparison.jdbc;

import dev.repli.comparison.ComparisonClaims;
import dev.repli.comparison.ComparisonClaimsContract;
import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class PostgreSqlComparisonClaimsIT extends ComparisonClaimsContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();

  @Override
  protected ComparisonClaims claims() {
    DataSource database = DATABASE.migrated();
    return new JdbcComparisonClaims(
        JdbcClient.create(database), new JdbcTransactionManager(database));
  }
}
