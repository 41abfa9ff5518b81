package dev.repli.journal.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgreSqlJournalIT extends JdbcJournalContract {
  private static @Nullable PostgreSqlServer server;
  private JournalDatabase database;

  @BeforeAll
  static void start() {
    Optional<Path> programs = PostgreSqlServer.programs();
    assumeTrue(
        programs.isPresent(), "no PostgreSQL server here; install it: apt-get install postgresql");
    server = PostgreSqlServer.start(programs.orElseThrow());
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() {
    PostgreSqlServer running = Objects.requireNonNull(server);
    database =
        JournalDatabase.empty(running.url(), running.user(), running.password(), "postgresql");
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
