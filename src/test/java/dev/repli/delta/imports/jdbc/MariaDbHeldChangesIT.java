package dev.repli.delta.imports.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class MariaDbHeldChangesIT extends HeldChangesContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.mariaDb();

  @Override
  DataSource database() {
    return DATABASE.migrated();
  }
}
