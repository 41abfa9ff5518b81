package dev.repli.comparison.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.comparison.ComparisonLimits;
import dev.repli.comparison.RowDifference;
import dev.repli.comparison.TableName;
import dev.repli.comparison.TableResult;
import dev.repli.comparison.TableResult.Method;
import dev.repli.comparison.Verdict;
import dev.repli.database.mysql.MySqlToMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * MySQL 9.7 against its replica of MariaDB 11.8, where CHECKSUM TABLE means nothing and positions
 * are file and offset; skipped where MySQL is not there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComparisonMySqlToMariaDbIT {
  private static final TableName TABLE = new TableName("app", "things");
  private static final int ROWS = 4096;
  private MySqlToMariaDb servers;
  private int comparisons;

  @SuppressWarnings("NullAway.Init") // servers are started before the first test
  ComparisonMySqlToMariaDbIT() {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    servers = new MySqlToMariaDb(folder);
    servers
        .source()
        .run(
            "CREATE TABLE app.things (id BIGINT UNSIGNED PRIMARY KEY, name VARCHAR(50), price"
                + " DECIMAL(20,4), ratio DOUBLE, part FLOAT, at DATETIME(6), stamp TIMESTAMP(3)"
                + " NULL, took TIME(2), made YEAR, kind ENUM('a','b'), flags SET('x','y','z'),"
                + " bits BIT(9), raw VARBINARY(20), fixed BINARY(4), text TEXT, blob1 BLOB)",
            "INSERT INTO app.things VALUES (1, 'Ünïcödé 😀', 12345.6789, 1e100, 0.1,"
                + " '2026-02-03 04:05:06.123456', '2026-02-03 04:05:06.123', '-01:02:03.45', 2026,"
                + " 'b', 'x,z', b'101010101', x'00ff0000', x'0100', 'long', x'de00ad')",
            "INSERT INTO app.things (id) VALUES (2)");
    for (int from = 2; from < ROWS; from *= 2) {
      servers
          .source()
          .run(
              "INSERT INTO app.things (id, name, price, ratio, at) SELECT id + %d, CONCAT('n', id + %d),"
                      .formatted(from, from)
                  + " id / 7, id / 3, '2026-01-01' + INTERVAL id SECOND FROM app.things");
    }
  }

  @AfterAll
  void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  @Test
  void findsEqualWhatIsEqualWhileApplicationsWriteAndEveryDifferenceThereIs() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Integer> traffic = CompletableFuture.supplyAsync(() -> write(enough));
    TableResult clean;
    try {
      clean = compare(ComparisonLab.CHUNKS);
    } finally {
      enough.set(true);
    }
    assertThat(traffic.join()).isPositive();
    assertThat(clean.verdict()).as("%s", clean).isEqualTo(Verdict.EQUAL);
    assertThat(clean.method()).isEqualTo(Method.CHUNKS);

    servers
        .target()
        .run(
            true,
            "UPDATE app.things SET price = price + 0.0001 WHERE id = 77",
            "UPDATE app.things SET fixed = x'0101' WHERE id = 1",
            "DELETE FROM app.things WHERE id = 3000",
            "INSERT INTO app.things (id) VALUES (9000)");
    TableResult found = compare(ComparisonLimits.DEFAULT);
    assertThat(found.verdict()).isEqualTo(Verdict.DIFFERENT);
    assertThat(found.differences())
        .containsExactlyInAnyOrder(
            new RowDifference("id=1", RowDifference.Side.BOTH, List.of("fixed")),
            new RowDifference("id=77", RowDifference.Side.BOTH, List.of("price")),
            new RowDifference("id=3000", RowDifference.Side.ONLY_FROM, List.of()),
            new RowDifference("id=9000", RowDifference.Side.ONLY_TO, List.of()));
  }

  private TableResult compare(ComparisonLimits limits) {
    return ComparisonLab.comparison(servers.secrets(), ComparisonLab.store(), limits)
        .compare(
            ComparisonLab.request(
                "c" + ++comparisons,
                ComparisonLab.plan(servers.sourceNode(), servers.targetNode()),
                TABLE))
        .tables()
        .get(0);
  }

  /** Rows that the differences below leave alone. */
  private int write(AtomicBoolean enough) {
    int written = 0;
    try (Connection connection = servers.source().admin();
        Statement statement = connection.createStatement()) {
      do {
        int id = 100 + 2 * (written % 1000);
        statement.execute("UPDATE app.things SET ratio = ratio + 1 WHERE id = " + id);
        written++;
      } while (!enough.get());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return written;
  }
}
