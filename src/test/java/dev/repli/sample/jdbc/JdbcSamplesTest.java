package dev.repli.sample.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;

class JdbcSamplesTest extends SamplesContract {
  @Override
  DataSource database() {
    return OwnDatabase.embedded();
  }
}
