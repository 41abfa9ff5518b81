package dev.repli.delta.binlog;

/** On mariadb-11.8. */
class MariaDb118ColumnTypesIT extends ColumnTypesContract {
  MariaDb118ColumnTypesIT() {
    super("mariadb-11.8");
  }
}
