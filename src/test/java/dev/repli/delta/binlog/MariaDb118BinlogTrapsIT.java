package dev.repli.delta.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.InTheWayException;
import dev.repli.delta.UnreadableDeltaException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On MariaDB 11.8, and what only it has. */
class MariaDb118BinlogTrapsIT extends BinlogTrapsContract {
  MariaDb118BinlogTrapsIT() {
    super("mariadb-11.8");
  }

  @Test
  void completesAnUpdateThatStandsInTheLogWithoutWhatDidNotChange() {
    lab.run("INSERT INTO t VALUES (1, 'x', 'blob', 2)");
    Position start = lab.position();
    lab.run("SET SESSION binlog_row_image = FULL_NODUP", "UPDATE t SET a = 'y'");
    Update update = (Update) read(start, lab.position()).get(1);
    assertThat(lab.rows(update.table())).containsExactly(update.after());
    assertThat(update.before().cell(2)).isEqualTo(update.after().cell(2));
  }

  @Test
  void readsCompressedEvents() {
    lab.run("SET GLOBAL log_bin_compress = ON", "SET GLOBAL log_bin_compress_min_len = 10");
    try {
      Position start = lab.position();
      lab.run("INSERT INTO t VALUES (1, 'x', repeat('long', 5000), 2)");
      Insert insert = (Insert) read(start, lab.position()).get(1);
      assertThat(lab.rows(insert.table())).containsExactly(insert.after());
      Position altered = lab.position();
      lab.run("ALTER TABLE t COMMENT 'a comment that is long enough to be compressed'");
      assertThat(last(read(altered, lab.position())).toString()).contains("ALTER TABLE");
    } finally {
      lab.run("SET GLOBAL log_bin_compress = OFF");
    }
  }

  @Test
  void refusesTablesWhoseRowsAreNotAllOfThem() {
    lab.run("CREATE OR REPLACE TABLE versioned (id INT PRIMARY KEY) WITH SYSTEM VERSIONING");
    Position start = lab.position();
    lab.run("INSERT INTO versioned VALUES (1)");
    assertThatThrownBy(() -> read(start, lab.position()))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("SYSTEM VERSIONED")
        .isInstanceOfSatisfying(
            InTheWayException.class,
            inTheWay -> {
              assertThat(inTheWay.table()).isEqualTo("app.versioned");
              assertThat(inTheWay.gtid()).isEqualTo(lab.position().value());
            });
    lab.run("DROP TABLE versioned");
  }

  @Test
  void passesOverWhatThePlanAbandonsAndNobodyCanRead() {
    lab.run(
        "CREATE OR REPLACE TABLE versioned (id INT PRIMARY KEY, n INT) WITH SYSTEM VERSIONING",
        "CREATE OR REPLACE SEQUENCE numbers");
    Position start = lab.position();
    lab.run(
        "INSERT INTO versioned VALUES (1, 1)",
        "SELECT NEXTVAL(numbers)",
        "BEGIN",
        "UPDATE versioned SET n = 2",
        "INSERT INTO t (id) VALUES (9)",
        "COMMIT");
    List<String> abandoned = List.of("app.versioned", "app.numbers");
    assertThat(ids(readWithout(start, Set.copyOf(abandoned)))).containsExactly("9");
    assertThat(passedOver).containsExactlyElementsOf(abandoned);
    lab.run("DROP TABLE versioned", "DROP SEQUENCE numbers");
  }

  @Test
  void refusesTablesWithHiddenColumns() {
    lab.run("CREATE OR REPLACE TABLE hidden (id INT PRIMARY KEY, a BLOB UNIQUE)");
    Position start = lab.position();
    lab.run("INSERT INTO hidden VALUES (1, 'x')");
    assertThatThrownBy(() -> read(start, lab.position()))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("the server keeps hidden ones");
    lab.run("DROP TABLE hidden");
  }
}
