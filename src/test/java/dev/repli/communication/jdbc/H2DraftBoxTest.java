package dev.repli.communication.jdbc;

import dev.repli.communication.DraftBoxContract;

class H2DraftBoxTest extends DraftBoxContract {
  @Override
  protected RealOutbox database() {
    return new RealOutbox();
  }
}
