package dev.repli.communication.jdbc;

import dev.repli.communication.OldMessagesContract;
import dev.repli.lab.OwnDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class MariaDbOldMessagesIT extends OldMessagesContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.mariaDb();

  @Override
  protected RealOutbox database() {
    return new RealOutbox(DATABASE.migrated());
  }
}
