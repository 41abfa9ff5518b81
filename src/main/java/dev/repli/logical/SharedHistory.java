package dev.repli.logical;

import dev.repli.database.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What GTIDs of MariaDB say of two servers that once had one history. */
final class SharedHistory {
  /** Domain of what Repli creates for itself on the node that it imports into. */
  private static final String OWN_DOMAIN = "3141592653";

  private SharedHistory() {}

  private record Gtid(String domain, long server, long number) {
    @Override
    public String toString() {
      return domain + "-" + server + "-" + number;
    }
  }

  private static Stream<Gtid> gtids(String position) {
    return all(position).filter(gtid -> !gtid.domain.equals(OWN_DOMAIN));
  }

  private static Stream<Gtid> all(String position) {
    return Stream.of(position.split(",", -1))
        .map(gtid -> gtid.strip().split("-", -1))
        .filter(parts -> parts.length == 3)
        .map(parts -> new Gtid(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
  }

  /** A position without what only the one server has by Repli's doing. */
  static Position common(Position position) {
    String text = gtids(position.value()).map(Gtid::toString).collect(Collectors.joining(","));
    return new Position(position.kind(), text);
  }

  /**
   * The last transaction that the server wrote itself after the mark; empty when there is none.
   *
   * @param state {@code gtid_binlog_state} of the server: the last number of each server
   */
  static Optional<String> ownAfter(String state, long serverId, Position mark) {
    Map<String, Long> marked = new HashMap<>();
    gtids(mark.value()).forEach(gtid -> marked.merge(gtid.domain, gtid.number, Math::max));
    return gtids(state)
        .filter(gtid -> gtid.server == serverId)
        .filter(gtid -> gtid.number > marked.getOrDefault(gtid.domain, 0L))
        .map(Gtid::toString)
        .findFirst();
  }

  /** In each domain the further of two positions of one history. */
  static Position further(Position one, Position other) {
    return further(one.kind(), Stream.concat(gtids(one.value()), gtids(other.value())));
  }

  /** The same of two positions of one and the same server, whose history is all its own. */
  static Position furtherOfServer(Position one, Position other) {
    return further(one.kind(), Stream.concat(all(one.value()), all(other.value())));
  }

  private static Position further(Position.Kind kind, Stream<Gtid> both) {
    Map<String, Gtid> furthest = new TreeMap<>();
    both.forEach(gtid -> furthest.merge(gtid.domain, gtid, (a, b) -> b.number > a.number ? b : a));
    String text = furthest.values().stream().map(Gtid::toString).collect(Collectors.joining(","));
    return new Position(kind, text);
  }

  /** How many transactions the longer history has more. */
  static long transactionsBetween(Position from, Position to) {
    Map<String, Long> begun = new HashMap<>();
    gtids(from.value()).forEach(gtid -> begun.merge(gtid.domain, gtid.number, Math::max));
    return gtids(to.value())
        .mapToLong(gtid -> Math.max(0, gtid.number - begun.getOrDefault(gtid.domain, 0L)))
        .sum();
  }
}
