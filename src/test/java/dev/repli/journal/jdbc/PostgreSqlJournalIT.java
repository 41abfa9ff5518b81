package dev.repli.journal.jdbc;

import dev.repli.lab.OwnDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgreSqlJournalIT extends JdbcJournalContract {
  @RegisterExtension static final OwnDatabase DATABASE = OwnDatabase.postgreSql();
  private JournalDatabase database;

  @BeforeEach
  void open() {
    database =
        JournalDatabase.empty(DATABASE.url(), DATABASE.user(), DATABASE.password(), "postgresql");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  JournalDatabase database() {
    return database;
  }

  @Override
  List<String> dropGuards() {
    return List.of(
        "alter table journal_entry disable trigger user",
        "alter table journal_head disable trigger user");
  }
}
