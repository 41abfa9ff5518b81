package dev.repli.comparison.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.comparison.ComparisonLimits;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.ComparisonStore;
import dev.repli.comparison.RowDifference;
import dev.repli.comparison.RowDifference.Side;
import dev.repli.comparison.TableName;
import dev.repli.comparison.TableResult;
import dev.repli.comparison.TableResult.Method;
import dev.repli.comparison.Verdict;
import dev.repli.database.ServerPair;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a comparison finds on a pair of real servers, whatever their versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ComparisonContract {
  static final TableName TYPES = new TableName("app", "types");
  static final TableName ROWS = ManyRows.NAME;

  private final ServerPair servers;
  private final ComparisonStore store = ComparisonLab.store();
  private int comparisons;

  ComparisonContract(ServerInstallation source, ServerInstallation target) {
    servers = new ServerPair(source, target);
  }

  @AfterAll
  void stopServers() {
    servers.close();
  }

  @BeforeEach
  void freshSchema() {
    servers.writerIsSource();
    servers.source().run(false, "DROP DATABASE app", "CREATE DATABASE app");
  }

  private ComparisonResult compare(ComparisonLimits limits, TableName... tables) {
    return ComparisonLab.comparison(servers.secrets(), store, limits)
        .compare(ComparisonLab.request("c" + ++comparisons, ComparisonLab.plan(servers), tables));
  }

  private TableResult table(ComparisonLimits limits, TableName table) {
    return compare(limits, table).tables().get(0);
  }

  @Test
  void findsEveryColumnTypeEqualByChecksumAndByChunks() {
    servers.source().run(false, EveryType.CREATE);
    servers.source().run(false, EveryType.ROWS.toArray(String[]::new));

    TableResult byChecksum = table(ComparisonLimits.DEFAULT, TYPES);
    TableResult byChunks = table(ComparisonLab.CHUNKS, TYPES);

    assertThat(byChecksum.verdict()).as("%s", byChecksum).isEqualTo(Verdict.EQUAL);
    assertThat(byChecksum.method()).isEqualTo(Method.CHECKSUM);
    assertThat(byChunks.verdict()).as("%s", byChunks).isEqualTo(Verdict.EQUAL);
    assertThat(byChunks.method()).isEqualTo(Method.CHUNKS);
    assertThat(byChunks.rows()).isEqualTo(6);
  }

  @Test
  void findsADifferenceInEveryColumnType() {
    servers.source().run(false, EveryType.CREATE);
    servers.source().run(false, EveryType.ROWS.toArray(String[]::new));
    assertThat(table(ComparisonLab.CHUNKS, TYPES).verdict()).isEqualTo(Verdict.EQUAL);

    EveryType.CHANGES.forEach(
        (column, value) -> {
          servers
              .target()
              .run(
                  true,
                  "UPDATE app.types SET t_was = 'x' WHERE id = 1",
                  "SET sql_mode = ''",
                  "UPDATE app.types SET " + column + " = " + value + " WHERE id = 1");
          TableResult found = table(ComparisonLab.CHUNKS, TYPES);
          assertThat(found.differences())
              .as(column)
              .singleElement()
              .satisfies(row -> assertThat(row.columns()).contains(column));
        });
  }

  @Test
  void findsAHundredPlantedDifferences() throws SQLException {
    ManyRows.make(servers.source());
    assertThat(table(ComparisonLab.CHUNKS, ROWS).verdict()).isEqualTo(Verdict.EQUAL);
    Set<String> planted = ManyRows.plantDifferences(servers.target());

    TableResult found = table(ComparisonLimits.DEFAULT, ROWS);

    assertThat(found.verdict()).isEqualTo(Verdict.DIFFERENT);
    assertThat(found.differences().stream().map(RowDifference::key).collect(Collectors.toSet()))
        .isEqualTo(planted);
    assertThat(found.differences())
        .contains(
            new RowDifference("id=101", Side.BOTH, List.of("name")),
            new RowDifference("id=7101", Side.ONLY_FROM, List.of()),
            new RowDifference("id=20003", Side.ONLY_TO, List.of()));
    assertThat(found.more()).isFalse();
  }

  @Test
  void findsThemAllAndNothingElseWhileApplicationsWrite() throws Exception {
    ManyRows.make(servers.source());
    try (WriteTraffic traffic = WriteTraffic.start(servers.source())) {
      TableResult clean = table(ComparisonLab.CHUNKS, ROWS);
      assertThat(clean.verdict()).as("%s", clean).isEqualTo(Verdict.EQUAL);
      Set<String> planted = ManyRows.plantDifferences(servers.target());

      TableResult found = table(ComparisonLab.CHUNKS, ROWS);

      assertThat(found.differences().stream().map(RowDifference::key).collect(Collectors.toSet()))
          .isEqualTo(planted);
      assertThat(traffic.transactions()).isGreaterThan(100);
    }
  }

  @Test
  void aReplicaThatStandsCostsNoTimePerTable() {
    List<TableName> tables = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      servers.source().run(false, "CREATE TABLE app.small" + i + " (id INT PRIMARY KEY)");
      tables.add(new TableName("app", "small" + i));
    }
    servers.writerIsSource();
    servers.target().run(true, "STOP SLAVE SQL_THREAD");
    long begin = System.nanoTime();

    ComparisonResult result = compare(ComparisonLimits.DEFAULT, tables.toArray(TableName[]::new));

    assertThat(result.tables()).extracting(TableResult::verdict).containsOnly(Verdict.UNDECIDED);
    assertThat(result.tables().get(0).notes().get(0)).contains("its SQL thread stands");
    // forty waits of 5 s before
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void comparesTablesOfEveryKindOfKey() {
    List<String> tables = new ArrayList<>();
    EveryKey.TABLES.forEach(
        (name, sql) -> {
          servers.source().run(false, sql.toArray(String[]::new));
          tables.add(name);
        });
    ComparisonResult clean = compare(ComparisonLab.CHUNKS);
    assertThat(clean.tables()).as("%s", clean).hasSize(tables.size());
    assertThat(clean.verdict()).as("%s", clean).isEqualTo(Verdict.EQUAL);

    tables.forEach(name -> servers.target().run(true, "UPDATE app." + name + " SET v = 9 LIMIT 1"));

    ComparisonResult changed = compare(ComparisonLab.CHUNKS);
    assertThat(changed.tables())
        .allSatisfy(table -> assertThat(table.differences()).as("%s", table).isNotEmpty());
  }

  @Test
  void saysWhenTablesOrColumnsAreMissing() {
    servers.source().run(false, "CREATE TABLE app.here (id INT PRIMARY KEY)");
    servers.source().run(false, "CREATE TABLE app.wide (id INT PRIMARY KEY, v INT)");
    assertThat(compare(ComparisonLimits.DEFAULT).verdict()).isEqualTo(Verdict.EQUAL);
    servers.target().run(true, "DROP TABLE app.here", "ALTER TABLE app.wide DROP COLUMN v");
    servers.target().run(true, "CREATE TABLE app.there (id INT PRIMARY KEY)");

    ComparisonResult result = compare(ComparisonLimits.DEFAULT);

    assertThat(result.verdict()).isEqualTo(Verdict.DIFFERENT);
    assertThat(result.tables())
        .extracting(table -> table.table().table() + ": " + table.notes())
        .containsExactly(
            "here: [the table is missing on the other node]",
            "there: [the table is on the other node only]",
            "wide: [column v is missing on the other node]");
  }

  @Test
  void doesNotTakeWhatItMayNotReadForEqual() {
    servers.source().run(false, "CREATE DATABASE IF NOT EXISTS `versteckt für alle`");
    servers
        .source()
        .run(false, "CREATE TABLE IF NOT EXISTS `versteckt für alle`.`größe` (id INT PRIMARY KEY)");

    ComparisonResult result = compare(ComparisonLimits.DEFAULT);

    servers.source().run(false, "DROP DATABASE `versteckt für alle`");
    assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(result.tables().get(0).notes().toString())
        .contains("GRANT SELECT ON `versteckt für alle`.*");
  }

  @Test
  void isUndecidedWhenTheReplicaStands() {
    ManyRows.make(servers.source());
    assertThat(table(ComparisonLab.CHUNKS, ROWS).verdict()).isEqualTo(Verdict.EQUAL);
    servers.target().run(true, "STOP SLAVE SQL_THREAD");
    servers.source().run(false, "UPDATE app.many SET name = 'other' WHERE id = 3");

    TableResult stands = table(ComparisonLab.CHUNKS, ROWS);

    servers.target().run(true, "START SLAVE SQL_THREAD");
    assertThat(stands.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(stands.notes().toString()).contains("SQL thread stands");
    assertThat(table(ComparisonLab.CHUNKS, ROWS).verdict()).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void remembersTheNewestResultWithItsDifferences() throws SQLException {
    ManyRows.make(servers.source());
    assertThat(table(ComparisonLab.CHUNKS, ROWS).verdict()).isEqualTo(Verdict.EQUAL);
    ManyRows.plantDifferences(servers.target());

    ComparisonResult result = compare(ComparisonLab.CHUNKS, ROWS);

    assertThat(store.newest(result.plan(), Node.Role.SOURCE, Node.Role.TARGET))
        .hasValueSatisfying(
            newest -> {
              assertThat(newest.id()).isEqualTo(result.id());
              assertThat(newest.tables()).isEqualTo(result.tables());
            });
  }
}
