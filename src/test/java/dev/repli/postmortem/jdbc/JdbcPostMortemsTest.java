package dev.repli.postmortem.jdbc;

import dev.repli.lab.OwnDatabase;
import javax.sql.DataSource;

class JdbcPostMortemsTest extends PostMortemsContract {
  @Override
  DataSource database() {
    return OwnDatabase.embedded();
  }
}
