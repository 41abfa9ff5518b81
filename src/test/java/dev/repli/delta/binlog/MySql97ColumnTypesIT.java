package dev.repli.delta.binlog;

/** On mysql-9.7. */
class MySql97ColumnTypesIT extends ColumnTypesContract {
  MySql97ColumnTypesIT() {
    super("mysql-9.7");
  }
}
