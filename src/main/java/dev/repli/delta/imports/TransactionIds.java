package dev.repli.delta.imports;

import dev.repli.database.Position;
import dev.repli.delta.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which ids imported transactions get. Where the node has none of its own after the point at which
 * the changes begin, they keep theirs, as replication would: then each node's history is a part of
 * the other's, and either can replicate from the other afterwards. Several transactions in one
 * commit have the id of the first; a last one with nothing in it has the id of the last.
 */
final class TransactionIds {
  private static final Pattern MARIADB = Pattern.compile("[0-9]+-[0-9]+-[0-9]+");
  private final ImportSession session;
  private Optional<Boolean> keeps;
  private String domain = "";

  /**
   * @param keeps as decided when the import began; empty when it begins now
   */
  TransactionIds(ImportSession session, Optional<Boolean> keeps) {
    this.session = session;
    this.keeps = keeps;
  }

  /** Transactions of several domains have no common id. */
  boolean separates(String gtid) {
    return keeps() && !domain.equals(domain(gtid));
  }

  /** Id for a commit that begins with this transaction. */
  Optional<String> idFor(String gtid) {
    if (keeps.isEmpty()) {
      keeps = Optional.of(isMariaDb(gtid) && session.canKeep(gtid));
    }
    domain = domain(gtid);
    return keeps() && isMariaDb(gtid) ? Optional.of(gtid) : Optional.empty();
  }

  boolean keeps() {
    return keeps.orElse(false);
  }

  /** Ids that the node needs to be, for replication, at the place. */
  List<String> missing(Place place) {
    Position position = place.position();
    if (!keeps() || position.kind() != Position.Kind.MARIADB_GTID) {
      return List.of();
    }
    return List.of(position.value().split(",", -1)).stream()
        .map(String::strip)
        .filter(TransactionIds::isMariaDb)
        .filter(session::canKeep)
        .toList();
  }

  private static boolean isMariaDb(String gtid) {
    return MARIADB.matcher(gtid).matches();
  }

  private static String domain(String gtid) {
    int dash = gtid.indexOf('-');
    return dash < 0 ? "" : gtid.substring(0, dash);
  }
}
