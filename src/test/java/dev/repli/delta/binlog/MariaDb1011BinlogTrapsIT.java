package dev.repli.delta.binlog;

/** On mariadb-10.11. */
class MariaDb1011BinlogTrapsIT extends BinlogTrapsContract {
  MariaDb1011BinlogTrapsIT() {
    super("mariadb-10.11");
  }
}
