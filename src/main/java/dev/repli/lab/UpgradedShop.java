package dev.repli.lab;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * The demo's shop up to its upgrade: customers of before and after the backup, and no order yet.
 */
final class UpgradedShop implements LabUpgrade.Story {
  /** Each order says which release took it, for example 1011. */
  private static final String RELEASE =
      "(CAST(REPLACE(SUBSTRING_INDEX(VERSION(), '.', 2), '.', '') AS UNSIGNED))";

  static final long OLD_RELEASE = 1011;

  @Override
  public ServerSettings settings() {
    return ServerSettings.of(LabNodes.TARGET_ID);
  }

  @Override
  public void beforeTheBackup(Statement sql) throws SQLException {
    sql.execute("CREATE DATABASE app");
    sql.execute("CREATE TABLE app.customers (id INT PRIMARY KEY, name VARCHAR(100) NOT NULL)");
    sql.execute(
        "INSERT INTO app.customers SELECT seq, CONCAT('customer ', seq) FROM app.seq_1_to_20000");
    sql.execute(
        "CREATE TABLE app.orders (seq BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT NOT NULL,"
            + " item VARCHAR(100) NOT NULL, written_by INT UNSIGNED NOT NULL DEFAULT "
            + RELEASE
            + ", KEY (order_id))");
  }

  @Override
  public void afterTheBackup(Statement sql) throws SQLException {
    sql.execute("UPDATE app.customers SET name = CONCAT(name, ' & sons') WHERE id % 3 = 0");
    sql.execute("DELETE FROM app.customers WHERE id % 11 = 0");
  }
}
