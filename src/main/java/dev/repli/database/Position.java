package dev.repli.database;

/**
 * How far a node's history goes. {@code value} is the server's own text: {@code 0-1-42} (MariaDB
 * GTID list), a MySQL GTID set, or {@code file:offset}.
 */
public record Position(Kind kind, String value) {
  /** Which language a position is written in. */
  public enum Kind {
    MARIADB_GTID,
    MYSQL_GTID_SET,
    BINLOG_FILE
  }

  @Override
  public String toString() {
    return value;
  }
}
