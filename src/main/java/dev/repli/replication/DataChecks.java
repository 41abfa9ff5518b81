package dev.repli.replication;

import dev.repli.plan.Node;
import dev.repli.replication.SetupServer.Content;
import dev.repli.replication.SetupServer.Replica;
import java.util.Arrays;
import java.util.List;

/** What is to be copied, and that nothing on the target is in its way. */
final class DataChecks {
  private DataChecks() {}

  static void check(BothSides sides) {
    content(sides);
    collations(sides);
    if (!sides.begun()) {
      emptyTarget(sides);
      noReplica(sides);
      noOwnHistory(sides);
    }
  }

  private static void content(BothSides sides) {
    Content content = sides.content();
    String source = sides.sourceLabel();
    List<String> wanted = sides.plan().copy().schemas();
    List<String> missing =
        wanted.stream().filter(schema -> !content.schemas().contains(schema)).toList();
    sides.expect(
        missing.isEmpty() && !content.schemas().isEmpty(),
        "schemas to copy",
        source,
        content.schemas().isEmpty()
            ? "none that the copying account can see"
            : "%s: %d tables, %d MB%s"
                .formatted(
                    BothSides.some(content.schemas()),
                    content.tables(),
                    content.bytes() / 1_000_000,
                    missing.isEmpty() ? "" : "; missing are " + BothSides.some(missing)),
        "correct copy.schemas of the plan, or grant the copying account SELECT on them");
    sides.expect(
        content.unreplicable().isEmpty(),
        "what MariaDB cannot apply",
        source,
        content.unreplicable().isEmpty() ? "none" : BothSides.some(content.unreplicable()),
        "drop it on the source; Repli makes it anew where it needs it");
  }

  private static void collations(BothSides sides) {
    List<String> unknown = sides.target().unknownCollations(sides.content().collations());
    sides.expect(
        unknown.isEmpty(),
        "collations of the source",
        sides.targetLabel(),
        unknown.isEmpty() ? "all known" : "unknown are " + BothSides.some(unknown),
        "change the tables of the source to a collation that both know");
  }

  private static void emptyTarget(BothSides sides) {
    List<String> schemas = sides.content().schemas();
    int tables = schemas.isEmpty() ? 0 : sides.target().content(schemas).tables();
    sides.expect(
        tables == 0,
        "tables that the copy would replace",
        sides.targetLabel(),
        Integer.toString(tables),
        "drop these schemas on the target, if nobody needs them");
  }

  private static void noReplica(BothSides sides) {
    Replica replica = sides.target().replica();
    sides.expect(
        !replica.configured(),
        "replication of the target",
        sides.targetLabel(),
        replica.configured() ? "it replicates from " + replica.from() : "none",
        "STOP SLAVE; RESET SLAVE ALL; there, if nobody needs that replication");
  }

  /** Transactions of its own stand in the way of the source's, which have lower numbers. */
  private static void noOwnHistory(BothSides sides) {
    if (sides.source().node().kind() != Node.Kind.MARIADB) {
      return;
    }
    String own = sides.target().position().value();
    String theirs = sides.source().position().value();
    List<String> domains = Arrays.stream(theirs.split(",")).map(DataChecks::domain).toList();
    boolean clash =
        !own.isEmpty()
            && Arrays.stream(own.split(",")).map(DataChecks::domain).anyMatch(domains::contains);
    sides.expect(
        !clash,
        "transactions of its own",
        sides.targetLabel(),
        own.isEmpty() ? "none" : own,
        "RESET MASTER on the target, if nobody replicates from it (error 1947 otherwise)");
  }

  private static String domain(String gtid) {
    return gtid.strip().split("-", 2)[0];
  }
}
