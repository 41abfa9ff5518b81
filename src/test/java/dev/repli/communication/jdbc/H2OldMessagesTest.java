package dev.repli.communication.jdbc;

import dev.repli.communication.OldMessagesContract;

class H2OldMessagesTest extends OldMessagesContract {
  @Override
  protected RealOutbox database() {
    return new RealOutbox();
  }
}
