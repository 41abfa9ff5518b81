package dev.repli.delta.imports.jdbc;

import static dev.repli.delta.imports.History.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.PlainCheck;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.LossyLink;
import dev.repli.lab.LossyLink.Loss;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One release of MariaDB, fenced, as it is during a way back. */
abstract class MariaDbImport extends ImportContract {
  private static final int MANY = 400;

  private final ServerInstallation installation;
  private MariaDbServer server;

  @SuppressWarnings("NullAway.Init") // the server is started before the first test
  MariaDbImport(ServerInstallation installation) {
    this.installation = installation;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    server =
        MariaDbServer.start(
            installation, ServerSettings.of(1), LabAccounts.random(), folder.resolve("server"));
    server.run(true, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    server.run(true, "SET GLOBAL read_only = 1");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  Node node() {
    return ImportLab.node(Node.Kind.MARIADB, server.port());
  }

  @Override
  Connection admin() throws SQLException {
    return server.admin();
  }

  @Test
  void endsAtThePositionOfTheTargetSoThatEitherCanFollowTheOther() throws SQLException {
    run("RESET MASTER", "SET GLOBAL gtid_slave_pos = ''", "FLUSH TABLES");
    assertThat(text("SELECT @@GLOBAL.gtid_strict_mode")).isEqualTo("1");

    var result =
        imported(
            ImportLab.held(),
            Changes.transaction(new Insert(History.THINGS, row(1, "a", 1)))
                .and(new Insert(History.THINGS, row(2, "b", 1)))
                .and(new Insert(History.THINGS, row(3, "c", 1))),
            "things");

    assertThat(result.counts()).isEqualTo(new ImportCounts(3, 3, 0, 0, 0));
    assertThat(List.of(text("SELECT @@GLOBAL.gtid_binlog_pos").split(","))).contains("0-2-5003");
    run("INSERT INTO app.things VALUES (4, 'the source goes on', 1)");
    assertThat(List.of(text("SELECT @@GLOBAL.gtid_binlog_pos").split(","))).contains("0-1-5004");
  }

  @Test
  void takesIdsOfItsOwnWhereTheSourceHasGoneOnByItself() throws SQLException {
    run(
        "RESET MASTER",
        "SET SESSION gtid_seq_no = 9000",
        "INSERT INTO app.things VALUES (8, 'own', 1)");

    var result =
        imported(
            ImportLab.held(),
            Changes.transaction(new Insert(History.THINGS, row(1, "a", 1)))
                .and(new Insert(History.THINGS, row(2, "b", 1))),
            "things");

    assertThat(result.counts().applied()).isEqualTo(2);
    assertThat(List.of(text("SELECT @@GLOBAL.gtid_binlog_pos").split(","))).contains("0-1-9001");
  }

  @Test
  void sendsChangesThatAllHitTheirRowTogether() throws SQLException {
    Changes changes =
        Changes.transaction(of(id -> new Insert(History.THINGS, row(id, "new", id))))
            .and(of(id -> new Update(History.THINGS, row(id, "new", id), row(id, "old", id))))
            .and(of(id -> new Delete(History.THINGS, row(id, "old", id))));
    String before = undone();

    var result = imported(ImportLab.held(), changes, "things");

    assertThat(result.counts()).isEqualTo(new ImportCounts(3 * MANY, 3 * MANY, 0, 0, 0));
    assertThat(undone()).as("undone, to go on row by row").isEqualTo(before);
  }

  private static RowChange[] of(IntFunction<RowChange> change) {
    return IntStream.range(0, MANY).mapToObj(change).toArray(RowChange[]::new);
  }

  private String undone() throws SQLException {
    return text(
        "SELECT variable_value FROM information_schema.global_status"
            + " WHERE variable_name = 'Com_rollback_to_savepoint'");
  }

  @Test
  void losesAndDoublesNothingWhenAnswersGetLost() throws SQLException {
    for (Loss loss : List.of(Loss.CUT, Loss.CUT_AT_ONCE)) {
      for (String statement :
          List.of("COMMIT", "INSERT INTO repli_probe.delta_import", "UPDATE `app`", "wave")) {
        empty();
        PlainCheck check = new PlainCheck(statement.length(), 80, 60);
        HeldChanges held = ImportLab.held();
        try (LossyLink link = LossyLink.to(server.port());
            Connection connection = admin()) {
          ImportLab.fill(connection, check.source);
          link.loseAnswerTo(statement, loss);

          var result =
              ImportLab.run(
                  ImportLab.request(ImportLab.node(Node.Kind.MARIADB, link.port()), "things"),
                  held,
                  check.history);

          assertThat(link.hasLost()).as("%s of %s", loss, statement).isTrue();
          check.assertRight(result, ImportLab.rows(connection), held);
        }
      }
    }
  }
}
