package dev.repli.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbJournalIT extends JdbcJournalContract {
  private static final String PASSWORD = UUID.randomUUID().toString();
  private static MariaDbServer server;
  private JournalDatabase database;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server =
        MariaDbServer.start(
            ServerInstallation.fromMaven(),
            ServerSettings.of(1),
            LabAccounts.random(),
            folder.resolve("server"));
    server.run(
        true,
        // triggers in a server with a binary log
        "SET GLOBAL log_bin_trust_function_creators = 1",
        "CREATE DATABASE journal",
        "CREATE USER journal@'%' IDENTIFIED BY '" + PASSWORD + "'",
        "GRANT ALL ON journal.* TO journal@'%'");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    String url = "jdbc:mariadb://127.0.0.1:" + server.port() + "/journal";
    database = JournalDatabase.empty(url, "journal", PASSWORD, "mariadb");
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
        "drop trigger if exists journal_entry_no_update",
        "drop trigger if exists journal_entry_no_delete",
        "drop trigger if exists journal_head_no_delete",
        "drop trigger if exists journal_head_forward");
  }

  @Test
  void appendsAgainAfterTheServerWasKilled() {
    Journal journal = journal();
    Evidence evidence = new Evidence.Milestone("POINT_OF_NO_RETURN", "", Map.of());
    journal.append(RUN, evidence);

    server.kill();
    server.restart();

    assertThat(journal.append(RUN, evidence).seq()).isEqualTo(2);
  }
}
