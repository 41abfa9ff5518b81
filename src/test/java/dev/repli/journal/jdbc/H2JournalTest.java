package dev.repli.journal.jdbc;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class H2JournalTest extends JdbcJournalContract {
  private JournalDatabase database;

  @BeforeEach
  void open() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    database = JournalDatabase.open(url, "repli", "", "h2");
  }

  @AfterEach
  void close() {
    database.execute("shutdown");
    database.close();
  }

  @Override
  JournalDatabase database() {
    return database;
  }

  @Override
  List<String> dropGuards() {
    return List.of(
        "drop trigger if exists journal_entry_append_only",
        "drop trigger if exists journal_head_append_only");
  }
}
