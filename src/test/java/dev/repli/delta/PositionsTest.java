package dev.repli.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MARIADB_GTID | 0-2-7 | 0-2-7 | true",
        "MARIADB_GTID | 0-2-7 | 0-1-8 | false",
        "MARIADB_GTID | 0-2-10 | 0-1-9 | true",
        "MARIADB_GTID | 0-2-7,1-2-3 | 1-2-3 | true",
        "MARIADB_GTID | 0-2-7 | 0-2-1,1-2-3 | false",
        "MARIADB_GTID | 0-2-18446744073709551615 | 0-2-9223372036854775807 | true",
        "MARIADB_GTID | 0-2-7 | '' | true",
        "MYSQL_GTID_SET | a:1-9 | a:1-9 | true",
        "MYSQL_GTID_SET | a:1-9 | a:10 | false",
        "MYSQL_GTID_SET | a:1-9:11-20,b:1 | b:1,a:12-13 | true",
        "MYSQL_GTID_SET | a:1-9:11-20 | a:9-11 | false",
        "BINLOG_FILE | b.000002:4 | b.000001:900 | true",
        "BINLOG_FILE | b.000001:900 | b.000001:1000 | false",
        "BINLOG_FILE | b.1000000:4 | b.999999:900 | true"
      })
  void knowsWhatIsDone(Position.Kind kind, String one, String other, boolean covers) {
    assertThat(Positions.covers(new Position(kind, one), new Position(kind, other)))
        .isEqualTo(covers);
  }

  @Test
  void comparesNothingWithAnotherKind() {
    assertThatThrownBy(
            () ->
                Positions.covers(
                    new Position(Position.Kind.MARIADB_GTID, "0-1-1"),
                    new Position(Position.Kind.BINLOG_FILE, "b.000001:4")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
