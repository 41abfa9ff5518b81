package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import java.time.Duration;

/** A MySQL whose fence keeps out everybody takes no import, either. */
final class AdmitImports {
  static final String WILL_BE =
      "ON; the import turns it off and leaves read_only on. It is turned on again when the rollback"
          + " ends without moving the writer";

  static final String CLOSED = "SELECT @@GLOBAL.super_read_only";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private AdmitImports() {}

  static boolean needed(NodeSession source) {
    return source.node().kind() == Node.Kind.MYSQL
        && source.queryText(CLOSED, LIMIT).filter("1"::equals).isPresent();
  }
}
