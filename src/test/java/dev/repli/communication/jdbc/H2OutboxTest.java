package dev.repli.communication.jdbc;

import dev.repli.communication.OutboxContract;

class H2OutboxTest extends OutboxContract {
  @Override
  protected RealOutbox database() {
    return new RealOutbox();
  }
}
