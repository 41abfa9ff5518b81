package dev.repli.comparison.jdbc;

import dev.repli.comparison.ComparedNode;
import dev.repli.comparison.ComparedTable;
import dev.repli.comparison.Digest;
import dev.repli.comparison.Key;
import dev.repli.comparison.Part;
import dev.repli.comparison.TableName;
import dev.repli.comparison.TableShape;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads through one connection. */
final class JdbcComparedNode implements ComparedNode {
  /** For statements that read a table as a whole. */
  private static final Duration WHOLE_TABLE = Duration.ofHours(4);

  private final SqlLink link;
  private final Shapes shapes;
  private final FollowedPositions positions;

  JdbcComparedNode(SqlLink link) {
    this.link = link;
    this.shapes = new Shapes(link);
    this.positions = new FollowedPositions(link);
  }

  @Override
  public Node node() {
    return link.node();
  }

  @Override
  public List<TableName> tables() {
    return shapes.tables();
  }

  @Override
  public List<String> hiddenSchemas() {
    return shapes.hiddenSchemas();
  }

  @Override
  public Optional<TableShape> shape(TableName table) {
    return shapes.shape(table);
  }

  @Override
  public OptionalLong checksum(TableName table) {
    link.limit(WHOLE_TABLE);
    Optional<Long> sum =
        link.row(
                "reading the checksum of " + table,
                "CHECKSUM TABLE " + TableSql.name(table),
                row -> Optional.ofNullable(row.getObject(2, Long.class)))
            .flatMap(value -> value);
    link.usualLimit();
    return sum.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public Optional<Key> keyAfter(ComparedTable table, Optional<Key> start, int rows) {
    return link.row(
        doing(table),
        new TableSql(table).keyAfter(start, rows),
        row -> key(row, table.key().size()));
  }

  @Override
  public Digest digest(ComparedTable table, Part part) {
    link.limit(WHOLE_TABLE);
    Digest digest =
        link.row(
                doing(table),
                new TableSql(table).digest(part),
                row -> new Digest(row.getLong(1), row.getLong(2)))
            .orElseThrow();
    link.usualLimit();
    return digest;
  }

  @Override
  public Map<Integer, Digest> buckets(ComparedTable table, int of) {
    Map<Integer, Digest> buckets = new HashMap<>();
    link.limit(WHOLE_TABLE);
    var unused =
        link.rows(
            doing(table),
            new TableSql(table).buckets(of),
            row -> buckets.put(row.getInt(1), new Digest(row.getLong(2), row.getLong(3))));
    link.usualLimit();
    return buckets;
  }

  @Override
  public Map<Key, Long> rows(ComparedTable table, Part part) {
    TableSql sql = new TableSql(table);
    int width = table.keyed() ? sql.keyWidth() : 1;
    Map<Key, Long> rows = new LinkedHashMap<>();
    link.limit(WHOLE_TABLE);
    var unused =
        link.rows(
            doing(table), sql.rows(part), row -> rows.put(key(row, width), row.getLong(width + 1)));
    link.usualLimit();
    return rows;
  }

  @Override
  public Map<Key, Map<String, String>> cells(ComparedTable table, Collection<Key> keys) {
    return cells(table, keys, "");
  }

  private Map<Key, Map<String, String>> cells(
      ComparedTable table, Collection<Key> keys, String lock) {
    TableSql sql = new TableSql(table);
    Map<Key, Map<String, String>> found = new HashMap<>();
    var unused =
        link.rows(
            doing(table),
            sql.cells(keys) + lock,
            row -> found.put(key(row, sql.keyWidth()), cells(row, table, sql.keyWidth())));
    return found;
  }

  private static Map<String, String> cells(ResultSet row, ComparedTable table, int after)
      throws SQLException {
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < table.cells().size(); i++) {
      cells.put(table.cells().get(i).column(), row.getString(after + i + 1));
    }
    return cells;
  }

  @Override
  public Optional<Map<Key, Map<String, String>>> lockedCells(
      ComparedTable table, Collection<Key> keys) {
    link.look(doing(table), "START TRANSACTION");
    try {
      return Optional.of(cells(table, keys, " LOCK IN SHARE MODE"));
    } catch (NodeException e) {
      if (e.action() != NodeException.Action.WAIT_AND_RETRY) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public void release() {
    link.look("letting rows change again", "ROLLBACK");
  }

  @Override
  public Optional<Position.Kind> follows() {
    return positions.kind();
  }

  @Override
  public Optional<String> stands() {
    return positions.stands();
  }

  @Override
  public Position position(Position.Kind kind) {
    return positions.position(kind);
  }

  @Override
  public CatchUp waitFor(Position position, Duration atMost) {
    return positions.waitFor(position, atMost);
  }

  private static String doing(ComparedTable table) {
    return "comparing " + table.name();
  }

  private static Key key(ResultSet row, int width) throws SQLException {
    List<String> parts = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      parts.add(row.getString(i));
    }
    return new Key(parts);
  }

  @Override
  public void close() {
    link.close();
  }
}
