package dev.repli.longwork.jdbc;

import dev.repli.longwork.WorkRecords;
import dev.repli.longwork.WorkRecordsContract;
import java.util.UUID;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class H2WorkRecordsTest extends WorkRecordsContract {
  @Override
  protected WorkRecords records() {
    return RealWorkRecords.on(
        new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
  }
}
