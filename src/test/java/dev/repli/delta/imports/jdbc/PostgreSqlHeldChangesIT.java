package dev.repli.delta.imports.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgreSqlHeldChangesIT extends HeldChangesContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();

  @Override
  DataSource database() {
    return DATABASE.migrated();
  }
}
