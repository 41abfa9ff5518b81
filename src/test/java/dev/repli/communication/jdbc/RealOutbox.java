package dev.repli.communication.jdbc;

import dev.repli.communication.DraftBox;
import dev.repli.communication.OldMessages;
import dev.repli.communication.Outbox;
import dev.repli.communication.Reading;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The real outbox on a database of a test. */
public final class RealOutbox {
  private final JdbcClient jdbc;

  /** On an empty embedded one. */
  public RealOutbox() {
    this(embedded());
  }

  /** On one that has its tables. */
  RealOutbox(DataSource database) {
    jdbc = JdbcClient.create(database);
  }

  private static DataSource embedded() {
    DataSource database =
        new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    new ResourceDatabasePopulator(
            new ClassPathResource("db/migration/h2/V720__messages.sql"),
            new ClassPathResource("db/migration/h2/V820__message_newest.sql"))
        .execute(database);
    return database;
  }

  public Outbox outbox() {
    return new JdbcOutbox(jdbc);
  }

  public DraftBox drafts() {
    return new JdbcDraftBox(jdbc);
  }

  public OldMessages old() {
    return new JdbcOldMessages(jdbc);
  }

  public Reading reading() {
    return new JdbcReading(jdbc);
  }
}
