package dev.repli.delta.timed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.ServerPair;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Found;
import dev.repli.delta.DeltaLab;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.TimedRows;
import dev.repli.delta.TimedTables;
import dev.repli.delta.TimedTables.Timed;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.plan.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real server. */
class TimedRowsIT {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final String CHANGED =
      "changed TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)";

  @SuppressWarnings("NullAway.Init") // started before all tests
  private static DeltaLab lab;

  @BeforeAll
  static void start() {
    lab = DeltaLab.start("mariadb-11.4");
    lab.run(
        "SET GLOBAL binlog_row_metadata = FULL",
        "CREATE TABLE zz_people (id INT PRIMARY KEY, " + CHANGED + ", KEY (changed))",
        "CREATE TABLE orders (id INT PRIMARY KEY, customer INT, note VARCHAR(20),"
            + CHANGED
            + ", KEY (changed), FOREIGN KEY (customer) REFERENCES zz_people (id))",
        "CREATE TABLE by_name (id INT PRIMARY KEY, updated_at DATETIME, KEY (updated_at))",
        "CREATE TABLE without_index (id INT PRIMARY KEY, updated_at DATETIME)",
        "CREATE TABLE unsnapped (id INT PRIMARY KEY, " + CHANGED + ", KEY (changed)) ENGINE=Aria",
        "SET SESSION sql_mode = ''",
        "CREATE TABLE by_update (id INT PRIMARY KEY, changed TIMESTAMP NULL DEFAULT NULL ON UPDATE"
            + " CURRENT_TIMESTAMP, KEY (changed))",
        "CREATE TABLE by_zero (id INT PRIMARY KEY, changed TIMESTAMP NOT NULL DEFAULT 0 ON UPDATE"
            + " CURRENT_TIMESTAMP, KEY (changed))",
        "CREATE TABLE untimed (id INT PRIMARY KEY, note TEXT)",
        "CREATE TABLE keyless (id INT, " + CHANGED + ", KEY (changed))",
        "CREATE TABLE every (id BIGINT UNSIGNED PRIMARY KEY, a DECIMAL(20,5), b BIT(9), c"
            + " VARBINARY(9), d ENUM('a','it''s'), e DATETIME(6), f TIME(2), g DOUBLE, h TEXT"
            + " CHARACTER SET latin1, i INT UNSIGNED ZEROFILL, j YEAR, k UUID, l POINT, m JSON,"
            + " v INT AS (i + 1) VIRTUAL, "
            + CHANGED
            + ", KEY (changed))");
  }

  @AfterAll
  static void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  private static JdbcTimedRows rows() {
    return new JdbcTimedRows(lab.secrets());
  }

  private static TimedTables tables(Map<String, String> named) {
    return rows().tables(lab.node(), named);
  }

  /** All events of a reading. */
  private static List<DeltaEvent> read(Instant since, Map<String, String> named) {
    List<DeltaEvent> events = new ArrayList<>();
    try (TimedRows.Stream stream = rows().open(lab.node(), tables(named), since)) {
      long total = stream.total();
      do {
        events.add(stream.next(SHORT));
      } while (!(events.get(events.size() - 1) instanceof Finished));
      assertThat(events.stream().filter(Found.class::isInstance)).hasSize(Math.toIntExact(total));
    }
    return events;
  }

  private static Map<String, List<Row>> found(List<DeltaEvent> events) {
    Map<String, List<Row>> found = new TreeMap<>();
    for (DeltaEvent event : events) {
      if (event instanceof Found row) {
        found.computeIfAbsent(row.table().name(), name -> new ArrayList<>()).add(row.now());
      }
    }
    return found;
  }

  @Test
  void choosesTheColumnThatTellsAndSaysWhyTheOthersCannot() {
    TimedTables found = tables(Map.of());
    assertThat(found.timed())
        .contains(
            new Timed("app", "orders", "changed", true),
            new Timed("app", "by_name", "updated_at", false),
            new Timed("app", "every", "changed", true));
    assertThat(found.timed().stream().map(Timed::table).toList())
        .as("parents first")
        .containsSubsequence("zz_people", "orders");
    assertThat(found.untimed())
        .containsEntry("app.untimed", "no time column with an index; name one in delta.tables")
        .containsEntry(
            "app.without_index", "no time column with an index; name one in delta.tables")
        .containsEntry("app.keyless", "no key that tells its rows apart")
        .containsEntry("app.unsnapped", "engine Aria, which shows no single moment");

    TimedTables named = tables(Map.of("app.without_index", "updated_at", "app.untimed", "note"));
    assertThat(named.timed()).contains(new Timed("app", "without_index", "updated_at", false));
    assertThat(named.untimed())
        .containsEntry(
            "app.untimed", "delta.tables names note, which is no TIMESTAMP or DATETIME there");
  }

  @Test
  void namesWhatTheAccountMayNotSee() {
    lab.run(
        "CREATE USER few@'%' IDENTIFIED BY 'few'",
        "GRANT PROCESS ON *.* TO few@'%'",
        "GRANT SELECT ON app.* TO few@'%'",
        "CREATE DATABASE hidden",
        "CREATE TABLE hidden.`rows` (id INT PRIMARY KEY)",
        "CREATE DATABASE half",
        "CREATE TABLE half.seen (id INT PRIMARY KEY)",
        "CREATE TABLE half.unseen (id INT PRIMARY KEY)",
        "GRANT SELECT ON half.seen TO few@'%'",
        "CREATE DATABASE aria",
        "CREATE TABLE aria.log (id INT) ENGINE=Aria");
    assertThat(seenByFew().untimed())
        .containsEntry("hidden.*", UnseenTables.GRANT_SELECT)
        .containsEntry("half.unseen", UnseenTables.GRANT_SELECT)
        .containsEntry(UnseenTables.OTHERS, UnseenTables.GRANT_SHOW)
        .containsKeys("half.seen", "app.untimed")
        .doesNotContainKeys("app.*", "half.*", "aria.*");
    assertThat(seenByFew().untimedInWords()).contains("hidden.* (" + UnseenTables.GRANT_SELECT);

    lab.run("GRANT SHOW DATABASES ON *.* TO few@'%'");
    assertThat(seenByFew().untimed())
        .containsEntry("aria.*", UnseenTables.EMPTY_OR_UNSEEN)
        .doesNotContainKeys(UnseenTables.OTHERS, "app.*", "half.*");

    lab.run(
        "GRANT SELECT ON hidden.* TO few@'%'",
        "GRANT SELECT ON half.* TO few@'%'", "GRANT SELECT ON aria.* TO few@'%'");
    assertThat(seenByFew().untimed())
        .containsKeys("hidden.rows", "half.unseen", "aria.log")
        .doesNotContainValue(UnseenTables.GRANT_SELECT)
        .doesNotContainValue(UnseenTables.EMPTY_OR_UNSEEN);
    lab.run(
        "DROP USER few@'%'", "DROP DATABASE hidden", "DROP DATABASE half", "DROP DATABASE aria");
  }

  /** InnoDB spells them otherwise than SQL does. */
  @Test
  void namesWhatTheAccountMayNotSeeWhateverItsLetters() {
    List<String> unseen =
        List.of("été", "таблица", "表", "Straße 7?", "a@b", "größe_2", "ÿŁžĂΩ", "a/b#c");
    lab.run(
        "CREATE USER few@'%' IDENTIFIED BY 'few'",
        "GRANT PROCESS, SHOW DATABASES ON *.* TO few@'%'",
        "CREATE DATABASE letters",
        "CREATE TABLE letters.`größe` (id INT PRIMARY KEY)",
        "GRANT SELECT ON letters.`größe` TO few@'%'",
        "CREATE TABLE letters.`übersicht` (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2",
        "CREATE DATABASE `мой склад`",
        "CREATE TABLE `мой склад`.`表` (id INT PRIMARY KEY)",
        "CREATE DATABASE `#mysql50#a-b`",
        "CREATE TABLE `#mysql50#a-b`.t (id INT PRIMARY KEY)");
    unseen.forEach(name -> lab.run("CREATE TABLE letters.`" + name + "` (id INT PRIMARY KEY)"));

    Map<String, String> untimed = seenByFew().untimed();
    unseen.forEach(
        name -> assertThat(untimed).containsEntry("letters." + name, UnseenTables.GRANT_SELECT));
    assertThat(untimed)
        .containsEntry("letters.übersicht", UnseenTables.GRANT_SELECT)
        .containsEntry("мой склад.*", UnseenTables.GRANT_SELECT)
        .containsEntry("#mysql50#a-b.*", UnseenTables.GRANT_SELECT)
        .hasEntrySatisfying("letters.größe", why -> assertThat(why).doesNotContain("GRANT"));
    assertThat(untimed.keySet().stream().filter(name -> name.startsWith("letters.")))
        .hasSize(unseen.size() + 2);

    lab.run("GRANT SELECT ON *.* TO few@'%'");
    assertThat(seenByFew().untimed().values()).noneMatch(why -> why.contains("GRANT SELECT"));
    lab.run(
        "DROP USER few@'%'",
        "DROP DATABASE letters", "DROP DATABASE `мой склад`", "DROP DATABASE `#mysql50#a-b`");
  }

  private static TimedTables seenByFew() {
    Node node = lab.node();
    Node few =
        new Node(
            node.role(),
            node.kind(),
            node.address(),
            ServerPair.account("few"),
            node.replication(),
            node.tls(),
            node.fenceFile());
    return new JdbcTimedRows(reference -> "few").tables(few, Map.of());
  }

  @Test
  void findsRowsOfThatTimeWithTheValuesThatTheServerHas() {
    lab.run(
        "DELETE FROM every",
        "INSERT INTO every (id, a, b, c, d, e, f, g, h, i, j, k, l, m) VALUES (1, -1.5, b'101',"
            + " x'0001ff00', 'it''s', '2026-01-02 03:04:05.000007', '-01:02:03.40', 0.1, 'caf\u00e9',"
            + " 7, 2026, '123e4567-e89b-12d3-a456-426655440000', ST_GeomFromText('POINT(1 2)'),"
            + " '{\\\"a\\\": 1}'), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
            + " NULL, NULL, NULL)",
        "INSERT INTO every (id, changed) VALUES (3, '2020-01-01 00:00:00')");
    List<DeltaEvent> events = read(Instant.now().minus(Duration.ofHours(1)), Map.of());
    DeltaTable shape =
        events.stream()
            .filter(Found.class::isInstance)
            .map(event -> ((Found) event).table())
            .filter(table -> table.name().equals("every"))
            .findFirst()
            .orElseThrow();
    assertThat(found(events).get("every")).isEqualTo(lab.rows(shape).subList(0, 2));
    assertThat(shape.columns()).extracting("name").doesNotContain("v").contains("m");
  }

  @Test
  void looksADayFurtherWhereNobodyKnowsTheTimeZone() {
    lab.run(
        "DELETE FROM by_name",
        "INSERT INTO by_name VALUES (1, UTC_TIMESTAMP() - INTERVAL 20 HOUR),"
            + " (2, UTC_TIMESTAMP() - INTERVAL 30 HOUR)");
    assertThat(found(read(Instant.now(), Map.of())).get("by_name")).hasSize(1);
  }

  @Test
  void takesRowsWithoutATimeForNew() {
    lab.run(
        "DELETE FROM by_update",
        "DELETE FROM by_zero",
        "INSERT INTO by_update (id) VALUES (1)",
        "INSERT INTO by_zero (id) VALUES (1)",
        "INSERT INTO by_update VALUES (2, '2020-01-01 00:00:00')",
        "INSERT INTO by_zero VALUES (2, '2020-01-01 00:00:00')");
    Map<String, List<Row>> found = found(read(Instant.now(), Map.of()));
    assertThat(found.get("by_update")).hasSize(1);
    assertThat(found.get("by_zero")).hasSize(1);
  }

  @Test
  void knowsWhatTimeItIsForTheServer() {
    assertThat(rows().now(lab.node()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now().plusSeconds(60));
  }

  @Test
  void endsAtThePositionThatTheRowsShow() {
    lab.run("DELETE FROM by_name", "INSERT INTO by_name VALUES (1, UTC_TIMESTAMP())");
    String before = lab.position().value();
    try (DeltaStream stream = rows().open(lab.node(), tables(Map.of()), Instant.now())) {
      assertThat(stream.next(SHORT)).isInstanceOf(Begin.class);
      lab.run("INSERT INTO by_name VALUES (2, UTC_TIMESTAMP())");
      List<DeltaEvent> events = new ArrayList<>();
      do {
        events.add(stream.next(SHORT));
      } while (!(events.get(events.size() - 1) instanceof Finished));
      assertThat(found(events).get("by_name")).hasSize(1);
      assertThat(events.get(events.size() - 2))
          .isInstanceOfSatisfying(
              End.class, end -> assertThat(end.after().position().value()).isEqualTo(before));
    }
    assertThat(lab.position().value()).isNotEqualTo(before);
  }

  @Test
  void refusesWhereNothingTellsWhatComesAfterwards() {
    try (DeltaLab silent = DeltaLab.start("mariadb-11.4", "skip-log-bin=ON")) {
      JdbcTimedRows rows = new JdbcTimedRows(silent.secrets());
      TimedTables none = rows.tables(silent.node(), Map.of());
      assertThatThrownBy(() -> rows.open(silent.node(), none, Instant.now()))
          .isInstanceOf(UnreadableDeltaException.class)
          .hasMessageContaining("set log_bin in its option file");
    }
  }
}
