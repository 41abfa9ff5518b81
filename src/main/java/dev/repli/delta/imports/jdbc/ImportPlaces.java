package dev.repli.delta.imports.jdbc;

import dev.repli.database.Position;
import dev.repli.delta.Place;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How far imports are, one row each on the node itself, within the caller's transaction. */
final class ImportPlaces {
  private static final String COLUMNS =
      "position_kind, position, file, file_offset, extracted, applied, already_there, abandoned,"
          + " held, keeps_gtids";

  private static final int DUPLICATE = 1062;

  private final Connection connection;

  ImportPlaces(Connection connection) {
    this.connection = connection;
  }

  /** The lock is what waits for an earlier session, whose client may be long dead. */
  Optional<Checkpoint> find(ImportId id) throws SQLException {
    return find(id, " FOR UPDATE");
  }

  /** Waits for nobody. */
  Optional<Checkpoint> look(ImportId id) throws SQLException {
    return find(id, "");
  }

  private Optional<Checkpoint> find(ImportId id, String lock) throws SQLException {
    try (PreparedStatement ask =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM repli_probe.delta_import WHERE id = ?" + lock)) {
      ask.setString(1, id.value());
      try (ResultSet row = ask.executeQuery()) {
        return row.next() ? Optional.of(checkpoint(row)) : Optional.empty();
      }
    }
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    String kind = row.getString(1);
    Optional<Place> place =
        kind.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Place(
                    new Position(Position.Kind.valueOf(kind), row.getString(2)),
                    row.getString(3),
                    row.getLong(4)));
    ImportCounts counts =
        new ImportCounts(
            row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9));
    return new Checkpoint(place, counts, row.getBoolean(10));
  }

  void remove(ImportId id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM repli_probe.delta_import WHERE id = ?")) {
      delete.setString(1, id.value());
      delete.executeUpdate();
    }
  }

  /**
   * Waits for another session that has put one there and not ended.
   *
   * @return false when one is there already
   */
  boolean put(ImportId id, Checkpoint reached) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO repli_probe.delta_import (id, "
                + COLUMNS
                + ", written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(6))")) {
      Optional<Place> place = reached.place();
      put.setString(1, id.value());
      put.setString(2, place.map(at -> at.position().kind().name()).orElse(""));
      put.setString(3, place.map(at -> at.position().value()).orElse(""));
      put.setString(4, place.map(Place::file).orElse(""));
      put.setLong(5, place.map(Place::offset).orElse(0L));
      put.setLong(6, reached.counts().extracted());
      put.setLong(7, reached.counts().applied());
      put.setLong(8, reached.counts().alreadyThere());
      put.setLong(9, reached.counts().abandoned());
      put.setLong(10, reached.counts().held());
      put.setBoolean(11, reached.keepsGtids());
      put.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == DUPLICATE) {
        return false;
      }
      throw e;
    }
  }
}
