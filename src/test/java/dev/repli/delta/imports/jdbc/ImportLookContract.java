package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.NodeException;
import dev.repli.delta.imports.ImportLook;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of an import before it begins, on a real server. */
abstract class ImportLookContract {
  abstract Node node();

  abstract void run(String... statements) throws SQLException;

  private ImportLook.Seen look(String user) {
    return new JdbcImportLook(reference -> ImportLab.PASSWORD)
        .look(node(), new Account(user, new SecretRef("env:IMPORT")));
  }

  private void user(String... grants) throws SQLException {
    run(
        "DROP USER IF EXISTS 'poor'@'%'",
        "CREATE USER 'poor'@'%' IDENTIFIED BY '" + ImportLab.PASSWORD + "'");
    run(grants);
  }

  @Test
  void seesNothingAgainstTheAccountThatOperatorsAreTold() throws SQLException {
    ImportLook.Seen seen = look(ImportLab.account().user());

    assertThat(seen.refused()).isEmpty();
    assertThat(seen.tables()).isEmpty();
  }

  @Test
  void seesTablesAtWhichAnImportStops() throws SQLException {
    run(
        "CREATE TABLE app.log (id INT PRIMARY KEY) ENGINE=MyISAM",
        "CREATE TRIGGER app.twice BEFORE INSERT ON app.things FOR EACH ROW SET NEW.amount = 1");

    assertThat(look(ImportLab.account().user()).tables())
        .hasSize(2)
        .hasEntrySatisfying("app.log", why -> assertThat(why).contains("MyISAM"))
        .hasEntrySatisfying("app.things", why -> assertThat(why).contains("twice"));
  }

  @Test
  void seesWhatTheAccountLacks() throws SQLException {
    user("GRANT SELECT ON app.* TO 'poor'@'%'", "GRANT INSERT ON repli_probe.* TO 'poor'@'%'");
    ImportLook.Seen poor = look("poor");

    assertThat(poor.refused())
        .hasSize(2)
        .anySatisfy(why -> assertThat(why).contains("fenced"))
        .anySatisfy(why -> assertThat(why).contains("no table of the applications"));
    assertThat(poor.tables())
        .containsOnlyKeys("app.*")
        .hasEntrySatisfying("app.*", why -> assertThat(why).contains("GRANT TRIGGER ON `app`.*"));

    run("GRANT ALL PRIVILEGES ON *.* TO 'poor'@'%'");
    assertThat(look("poor").refused()).isEmpty();
  }

  @Test
  void seesTheColumnsThatAnImportWouldWrite() throws SQLException {
    run(
        "CREATE TABLE app.shaped (id INT PRIMARY KEY, Total INT, twice INT AS (Total * 2) STORED,"
            + " made TIMESTAMP DEFAULT CURRENT_TIMESTAMP, hidden INT INVISIBLE)",
        "CREATE VIEW app.seen AS SELECT id FROM app.shaped");

    assertThat(
            new JdbcTableColumns(reference -> ImportLab.PASSWORD).of(node(), ImportLab.account()))
        .containsEntry("app.shaped", List.of("id", "Total", "made", "hidden"))
        .doesNotContainKey("app.seen");
  }

  @Test
  void failsWhereNobodyLogsInByTheName() {
    assertThatThrownBy(() -> look("nobody")).isInstanceOf(NodeException.class);
  }
}
