package dev.repli.delta.imports.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Tables as applications have them, in words that MariaDB and MySQL both understand, and the work
 * of an afternoon on them. The same seed gives the same work.
 */
final class Shop {
  /** By name; each with what its rows are ordered by. */
  static final Map<String, String> ORDER =
      new TreeMap<>(
          Map.of(
              "customers", "id",
              "orders", "id",
              "lines", "order_id, line",
              "sessions", "token",
              "tags", "name",
              "audit", "at, what",
              "meters", "id",
              "places", "id",
              "`Order Details`", "`key`"));

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE customers (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
            email VARCHAR(150) NOT NULL UNIQUE, name VARCHAR(80), secret INT INVISIBLE,
            created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
            level ENUM('bronze', 'silver', 'gold') NOT NULL DEFAULT 'bronze', flags SET('a', 'b'),
            settings JSON, uid CHAR(36) NOT NULL DEFAULT (UUID()),
            loud VARCHAR(80) GENERATED ALWAYS AS (UPPER(name)) VIRTUAL)""",
          """
          CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, customer BIGINT UNSIGNED NOT NULL,
            parent INT NULL, total DECIMAL(12,2), cents BIGINT AS (total * 100) STORED,
            state VARCHAR(20) NOT NULL DEFAULT 'new',
            placed DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3), KEY (state),
            FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE,
            FOREIGN KEY (parent) REFERENCES orders (id) ON DELETE SET NULL)""",
          """
          CREATE TABLE `lines` (order_id INT, line SMALLINT UNSIGNED,
            sku VARCHAR(40) COLLATE utf8mb4_bin, qty INT CHECK (qty > 0), price DECIMAL(10,4),
            PRIMARY KEY (order_id, line),
            FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE ON UPDATE CASCADE)""",
          "CREATE TABLE sessions (token BINARY(16) PRIMARY KEY, data MEDIUMBLOB, seen DATETIME)",
          "CREATE TABLE tags (name VARCHAR(60) PRIMARY KEY, n INT)",
          """
          CREATE TABLE audit (at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), what TEXT,
            who VARCHAR(20) DEFAULT 'nobody')""",
          """
          CREATE TABLE meters (id INT PRIMARY KEY, hits FLOAT, ratio DOUBLE, bits BIT(5), y YEAR,
            t TIME(2), latin VARCHAR(60) CHARACTER SET latin1 COLLATE latin1_swedish_ci)""",
          "CREATE TABLE places (id INT PRIMARY KEY, place INT NOT NULL UNIQUE, half INT UNIQUE)",
          """
          CREATE TABLE `Order Details` (`key` VARCHAR(30) COLLATE utf8mb4_bin PRIMARY KEY,
            `select` TEXT, `a``b` INT)""");

  private final Random random;
  private final List<String> work = new ArrayList<>();

  private Shop(long seed) {
    this.random = new Random(seed);
  }

  /** As it was at the cutover. */
  static List<String> before() {
    List<String> all = new ArrayList<>();
    all.add("ALTER DATABASE app CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    all.add("USE app");
    all.addAll(TABLES);
    for (int id = 1; id <= 40; id++) {
      all.add(
          "INSERT INTO customers (id, email, name, secret, created_at, updated_at, uid) VALUES"
              + " (%d, 'c%d@example.org', 'Émile %d', %d, '2026-01-01 00:00:00',"
                  .formatted(id, id, id, id)
              + " '2026-01-01 00:00:00', 'u%d')".formatted(id));
      all.add(
          "INSERT INTO orders (id, customer, parent, total, placed) VALUES"
              + " (%d, %d, %s, %d.5, '2026-01-01 00:00:00.123')"
                  .formatted(id, id, id > 1 ? id - 1 : "NULL", id));
      all.add("INSERT INTO `lines` VALUES (%d, 1, 'A%d', 1, 0.1)".formatted(id, id));
      all.add("INSERT INTO places VALUES (%d, %d, %d)".formatted(id, id, -id));
    }
    return all;
  }

  /**
   * What the application does, with everything that a server may find.
   *
   * @param transactions how many
   */
  static List<String> work(long seed, int transactions) {
    Shop shop = new Shop(seed);
    for (int i = 0; i < transactions; i++) {
      boolean several = shop.random.nextInt(4) == 0;
      shop.work.add("BEGIN");
      for (int n = several ? 6 : 1; n > 0; n--) {
        shop.work.add(shop.statement(i * 10 + n));
      }
      shop.work.add(shop.random.nextInt(10) == 0 ? "ROLLBACK" : "COMMIT");
    }
    return shop.work;
  }

  private int any(int most) {
    return 1 + random.nextInt(most);
  }

  private String statement(int i) {
    return switch (random.nextInt(22)) {
      case 0 ->
          "INSERT INTO customers (email, name) VALUES ('n%d@example.org', 'Zoë ß 😀')".formatted(i);
      case 1 -> "UPDATE customers SET name = CONCAT(name, '!') WHERE id = " + any(60);
      case 2 ->
          "UPDATE customers SET level = 'gold', flags = 'a,b', settings = '{\"a\": [1, \"é\"]}',"
              + " secret = %d WHERE id = %d".formatted(i, any(60));
      case 3 -> "DELETE FROM customers WHERE id = " + any(60);
      case 4 ->
          "INSERT INTO orders (customer, parent, total) SELECT id, NULL, id / 7 FROM customers"
              + " ORDER BY id DESC LIMIT 3";
      case 5 ->
          "UPDATE orders SET total = total * 1.1, state = 'paid' WHERE id %% 7 = %d"
              .formatted(any(6));
      case 6 -> "DELETE FROM orders WHERE id = " + any(80);
      case 7 -> "UPDATE orders SET id = id + 100000 WHERE id = " + any(80);
      case 8 ->
          "INSERT INTO `lines` SELECT id, 2, 'b', 2, 1.25 FROM orders WHERE id %% 5 = %d ON DUPLICATE KEY UPDATE qty = qty + 1"
              .formatted(any(4));
      case 9 -> "REPLACE INTO `lines` SELECT id, 1, 'B', 9, NULL FROM orders ORDER BY id LIMIT 4";
      case 10 ->
          "REPLACE INTO sessions VALUES (UNHEX(MD5(%d)), REPEAT(x'00FF5C27', %d), NOW())"
              .formatted(any(20), any(500));
      case 11 -> "DELETE FROM sessions WHERE token < UNHEX(MD5(%d)) LIMIT 1".formatted(any(20));
      case 12 ->
          "INSERT INTO tags VALUES ('tag %d', 1) ON DUPLICATE KEY UPDATE n = n + 1"
              .formatted(any(9));
      case 13 ->
          "UPDATE tags SET name = CONCAT(UPPER(LEFT(name, 1)), SUBSTRING(name, 2)) WHERE name = 'tag %d'"
              .formatted(any(9));
      case 14 -> "INSERT INTO audit (what) VALUES ('did %d'), ('did it again')".formatted(i);
      case 15 -> "UPDATE audit SET who = 'me' WHERE what = 'did it again'";
      case 16 -> "DELETE FROM audit WHERE what = 'did it again' LIMIT 1";
      case 17 ->
          "REPLACE INTO meters VALUES (%d, 0.1, 1e0 / 3, b'10101', 2026, '-12:34:56.78', 'crème €')"
              .formatted(any(9));
      case 18 ->
          "UPDATE meters SET hits = hits * 1.7, ratio = -ratio, bits = b'1' WHERE id = " + any(9);
      case 19 -> "UPDATE places SET place = place + 1 ORDER BY place DESC";
      case 20 -> "UPDATE places SET half = NULL WHERE id = " + any(40);
      default ->
          "REPLACE INTO `Order Details` VALUES ('%s', NULL, %d)"
              .formatted(random.nextBoolean() ? "Key" : "key", i);
    };
  }
}
