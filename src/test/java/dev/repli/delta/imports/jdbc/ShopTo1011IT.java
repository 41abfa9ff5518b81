package dev.repli.delta.imports.jdbc;

class ShopTo1011IT extends ShopContract {
  ShopTo1011IT() {
    super("mariadb-10.11", "import-mariadb.sql");
  }
}
