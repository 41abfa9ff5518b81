package dev.repli.postmortem.jdbc;

import dev.repli.postmortem.PostMortems;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The real table on an empty embedded database. */
public final class RealPostMortems {
  private RealPostMortems() {}

  public static PostMortems empty() {
    DriverManagerDataSource database =
        new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    new ResourceDatabasePopulator(new ClassPathResource("db/migration/h2/V745__post_mortem.sql"))
        .execute(database);
    return new JdbcPostMortems(JdbcClient.create(database));
  }
}
