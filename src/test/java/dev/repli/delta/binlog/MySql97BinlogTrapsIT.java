package dev.repli.delta.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.UnreadableDeltaException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On MySQL 9.7, and what only it has. */
class MySql97BinlogTrapsIT extends BinlogTrapsContract {
  MySql97BinlogTrapsIT() {
    super("mysql-9.7");
  }

  @Test
  void readsCompressedTransactions() {
    Position start = lab.position();
    lab.run(
        "SET SESSION binlog_transaction_compression = ON",
        "INSERT INTO t VALUES (1, 'x', repeat('long', 5000), 2), (2, 'y', null, 3)",
        "SET SESSION binlog_transaction_compression = OFF",
        "INSERT INTO t (id) VALUES (3)");
    List<DeltaEvent> events = read(start, lab.position());
    assertThat(ids(events)).containsExactly("1", "2", "3");
    assertThat(
            events.stream().filter(Insert.class::isInstance).map(event -> ((Insert) event).after()))
        .containsExactlyElementsOf(lab.rows(((Insert) events.get(1)).table()));
  }

  @Test
  void refusesUpdatesOfPartsOfJson() {
    lab.run(
        "DROP TABLE IF EXISTS j",
        "CREATE TABLE j (id INT PRIMARY KEY, d JSON)",
        "INSERT INTO j VALUES (1, json_object('a', repeat('x', 100), 'b', 1))");
    Position start = lab.position();
    lab.run(
        "SET SESSION binlog_row_value_options = PARTIAL_JSON",
        "UPDATE j SET d = json_set(d, '$.b', 2)");
    assertThatThrownBy(() -> read(start, lab.position()))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("binlog_row_value_options");
  }

  @Test
  void refusesTaggedTransactions() {
    Position start = lab.filePosition();
    lab.run("SET gtid_next = 'AUTOMATIC:tag'", "INSERT INTO t (id) VALUES (1)");
    try {
      assertThatThrownBy(() -> read(start, lab.filePosition()))
          .isInstanceOf(UnreadableDeltaException.class)
          .hasMessageContaining("tag");
      assertThatThrownBy(() -> read(lab.position(), lab.position()))
          .isInstanceOf(UnreadableDeltaException.class)
          .hasMessageContaining("tags");
    } finally {
      lab.run("RESET BINARY LOGS AND GTIDS");
    }
  }
}
