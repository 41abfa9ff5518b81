package dev.repli.delta.binlog;

/** On mariadb-11.4. */
class MariaDb114BinlogTrapsIT extends BinlogTrapsContract {
  MariaDb114BinlogTrapsIT() {
    super("mariadb-11.4");
  }
}
