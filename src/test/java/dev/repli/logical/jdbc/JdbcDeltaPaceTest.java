package dev.repli.logical.jdbc;

import dev.repli.lab.OwnDatabase;
import dev.repli.logical.DeltaPace;
import dev.repli.logical.DeltaPaceContract;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcDeltaPaceTest extends DeltaPaceContract {
  private final DeltaPace pace = new JdbcDeltaPace(JdbcClient.create(OwnDatabase.embedded()));

  @Override
  protected DeltaPace pace() {
    return pace;
  }
}
