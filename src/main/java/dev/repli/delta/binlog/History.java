package dev.repli.delta.binlog;

import dev.repli.database.Position;

/** How far reading has come, in the language in which it was begun. */
interface History {
  /** A transaction begins; its id, empty when there is none. */
  String begin(RawEvent event);

  /** The transaction that began last is over. */
  void commit();

  Position position(String file, long offset);

  /** Whether everything up to that position has gone by. */
  boolean covers(Position position, String file, long offset);

  static History from(Position start) {
    return switch (start.kind()) {
      case MARIADB_GTID -> new MariaDbHistory(start.value());
      case MYSQL_GTID_SET -> new MySqlHistory(start.value());
      case BINLOG_FILE -> new FileHistory();
    };
  }
}
