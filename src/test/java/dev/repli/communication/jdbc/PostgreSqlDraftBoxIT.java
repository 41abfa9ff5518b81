package dev.repli.communication.jdbc;

import dev.repli.communication.DraftBoxContract;
import dev.repli.lab.OwnDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgreSqlDraftBoxIT extends DraftBoxContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();

  @Override
  protected RealOutbox database() {
    return new RealOutbox(DATABASE.migrated());
  }
}
