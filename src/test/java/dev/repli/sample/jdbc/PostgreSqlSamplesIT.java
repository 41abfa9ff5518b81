package dev.repli.sample.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgreSqlSamplesIT extends SamplesContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();

  @Override
  DataSource database() {
    return DATABASE.migrated();
  }
}
