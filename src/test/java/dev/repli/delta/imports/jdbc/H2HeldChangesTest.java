package dev.repli.delta.imports.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;

class H2HeldChangesTest extends HeldChangesContract {
  @Override
  DataSource database() {
    return OwnDatabase.embedded();
  }
}
