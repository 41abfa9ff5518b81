package dev.repli.delta.binlog;

/** On mariadb-11.4. */
class MariaDb114ColumnTypesIT extends ColumnTypesContract {
  MariaDb114ColumnTypesIT() {
    super("mariadb-11.4");
  }
}
