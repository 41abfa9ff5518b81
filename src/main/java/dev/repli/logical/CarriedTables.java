package dev.repli.logical;

import static dev.repli.rollback.Finding.note;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of the target whose changes cannot be carried as rows, named before one of them comes. */
final class CarriedTables {
  /** Name of the finding. */
  static final String WHAT = "tables whose changes cannot be carried";

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_NAMED = 10;

  static final String OTHER_KINDS =
      "SELECT GROUP_CONCAT(CONCAT(table_schema, '.', table_name) ORDER BY 1)"
          + " FROM information_schema.tables WHERE table_type IN ('SEQUENCE', 'SYSTEM VERSIONED')"
          + " AND table_schema NOT IN ('mysql', 'sys', 'repli_probe')";

  /** A note as long as nobody has met a change of one: nothing is closed by a table alone. */
  List<Finding> inspect(Plan plan, NodeSession target) {
    List<String> names =
        otherKinds(target).stream()
            .flatMap(found -> Stream.of(found.split(",", -1)))
            .filter(name -> !name.isEmpty())
            .filter(name -> plan.delta().of(name).filter(Policy.ABANDON::equals).isEmpty())
            .toList();
    if (names.isEmpty()) {
      return List.of();
    }
    String more = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
    return List.of(
        note(
            WHAT,
            target.node().label(),
            names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + more
                + " (sequences, or with system versioning): the first change of one closes this way"
                + " back; abandon them in the plan (delta.tables) when you can do without"));
  }

  /** A server with very many tables may not answer in time, which closes nothing. */
  private static Optional<String> otherKinds(NodeSession target) {
    try {
      return target.queryText(OTHER_KINDS, LIMIT);
    } catch (NodeException late) {
      return Optional.empty();
    }
  }
}
