package dev.repli.journal.jdbc;

import dev.repli.journal.Journal;
import dev.repli.journal.JournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2JournalTest extends JournalContract {
  private JournalDatabase database;

  @BeforeEach
  void open(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("j") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    database = JournalDatabase.open(url, "repli", "", "h2");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected Journal journal() {
    return database.journal();
  }
}
