package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Looks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far the source is in the target's history.
 *
 * @param at what the target did behind it is missing on the source
 * @param own what the source wrote by itself since the cutover, which the target does not know, for
 *     people; also why nobody can say
 */
record SourceStand(Position at, Optional<String> own) {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String WRITTEN = "SELECT @@GLOBAL.gtid_binlog_state";
  private static final String APPLIED = "SELECT @@GLOBAL.gtid_slave_pos";

  /** Looks at a source of either kind. */
  static SourceStand of(NodeSession source, Plan plan, CutoverMark mark, List<Earlier> imports) {
    return plan.source().kind() == Node.Kind.MYSQL
        ? MySqlStand.of(source, mark.handover(plan), imports)
        : of(source, mark.ofCutover(plan), imports);
  }

  /**
   * Looks at a MariaDB.
   *
   * @param imports of runs since the cutover
   * @param cutover where the writer left it; empty when the journal knows of no cutover: then its
   *     own position has to be one of the target's, too
   */
  static SourceStand of(NodeSession source, Optional<Position> cutover, List<Earlier> imports) {
    SourceStand byItself = byItself(source, cutover);
    Position at = byItself.at;
    for (Earlier one : imports) {
      if (one.at().isPresent()) {
        at = SharedHistory.further(at, one.at().get());
      }
    }
    return new SourceStand(at, byItself.own);
  }

  /** Of a source whose cutover is not in the journal nobody can say that it did not. */
  static boolean isWrittenByItself(Looks looks, Plan plan, CutoverMark mark) {
    if (mark.ofCutover(plan).isEmpty()) {
      return true;
    }
    try (NodeSession source = looks.connect(plan, plan.source())) {
      return of(source, plan, mark, List.of()).own().isPresent();
    }
  }

  private static SourceStand byItself(NodeSession source, Optional<Position> cutover) {
    Position stands = SharedHistory.common(source.position());
    Optional<String> own =
        cutover.flatMap(
            mark -> SharedHistory.ownAfter(text(source, WRITTEN), source.look().serverId(), mark));
    if (own.isEmpty()) {
      return new SourceStand(stands, own);
    }
    Position applied = new Position(stands.kind(), text(source, APPLIED));
    return new SourceStand(SharedHistory.further(cutover.orElseThrow(), applied), own);
  }

  private static String text(NodeSession source, String sql) {
    return source.queryText(sql, LIMIT).orElse("");
  }
}
