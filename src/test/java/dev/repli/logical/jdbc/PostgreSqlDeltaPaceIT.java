package dev.repli.logical.jdbc;

import dev.repli.lab.OwnDatabase;
import dev.repli.logical.DeltaPace;
import dev.repli.logical.DeltaPaceContract;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgreSqlDeltaPaceIT extends DeltaPaceContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();

  private final DeltaPace pace = new JdbcDeltaPace(JdbcClient.create(DATABASE.migrated()));

  @Override
  protected DeltaPace pace() {
    return pace;
  }
}
