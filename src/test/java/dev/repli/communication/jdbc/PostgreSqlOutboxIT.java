package dev.repli.communication.jdbc;

import dev.repli.communication.OutboxContract;
import dev.repli.lab.OwnDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgreSqlOutboxIT extends OutboxContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();

  @Override
  protected RealOutbox database() {
    return new RealOutbox(DATABASE.migrated());
  }
}
