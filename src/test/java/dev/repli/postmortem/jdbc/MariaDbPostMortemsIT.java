package dev.repli.postmortem.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class MariaDbPostMortemsIT extends PostMortemsContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.mariaDb();

  @Override
  DataSource database() {
    return DATABASE.migrated();
  }
}
