package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.NodeException;
import dev.repli.database.mysql.MySqlServer;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.delta.conflict.DecisionOutcome;
import dev.repli.delta.conflict.Proposal;
import dev.repli.delta.imports.History;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MySQL 9.7, read only, as it is during a way back; skipped where it is not there. */
class ConflictMySqlIT extends ConflictContract {
  private MySqlServer server;

  @SuppressWarnings("NullAway.Init") // the server is started before the first test
  ConflictMySqlIT() {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    Path tree =
        Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
            .resolve("servers/mysql-9.7")
            .toAbsolutePath();
    server =
        MySqlServer.start(tree, folder.resolve("my"), 1, ImportLab.account("import-mysql.sql"));
    server.run("SET GLOBAL read_only = 1");
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  /** As after a restart with an option file that fences it. */
  @Test
  void showsWhatIsHeldWhereNobodyMayWriteAndDecidesNothingThere() throws SQLException {
    oneConflict();
    run("SET GLOBAL super_read_only = 1");
    try {
      assertThat(lab().open()).hasSize(1);
      assertThat(lab().one(1).rows().get(0).now()).contains(History.row(1, "source", 5));

      assertThatThrownBy(() -> lab().decide(1, new Proposal.TakeTarget()))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("super-read-only");
      assertThat(lab().open()).hasSize(1);
      assertThat(text("SELECT @@GLOBAL.super_read_only")).isEqualTo("1");
    } finally {
      run("SET GLOBAL super_read_only = 0");
    }
    assertThat(lab().decide(1, new Proposal.TakeTarget())).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(text("SELECT name FROM app.things WHERE id = 1")).isEqualTo("target");
  }

  @Override
  Node node() {
    return ImportLab.node(Node.Kind.MYSQL, server.port());
  }

  @Override
  Connection admin() throws SQLException {
    return server.admin();
  }
}
