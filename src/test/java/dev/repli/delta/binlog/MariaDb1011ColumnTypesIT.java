package dev.repli.delta.binlog;

/** On mariadb-10.11. */
class MariaDb1011ColumnTypesIT extends ColumnTypesContract {
  MariaDb1011ColumnTypesIT() {
    super("mariadb-10.11");
  }
}
