package dev.repli.delta.imports.jdbc;

class ShopToMySqlIT extends ShopContract {
  ShopToMySqlIT() {
    super("mysql-9.7", "import-mysql.sql");
  }
}
