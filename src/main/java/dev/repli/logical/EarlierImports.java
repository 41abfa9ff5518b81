package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs since the cutover have imported, as the source itself has it: an import writes its
 * place in the same transaction as the rows. The source's own position does not tell, since several
 * transactions that were committed together have the id of the first.
 */
final class EarlierImports {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  static final String LEFT_OUT =
      "left out by an earlier rollback, and not read again by this one: ";
  private static final String THERE =
      "SELECT COUNT(*) FROM information_schema.tables"
          + " WHERE table_schema = 'repli_probe' AND table_name = 'delta_import'";

  private final CutoverMark mark;
  private final CarriedJournal journal;

  EarlierImports(CutoverMark mark, CarriedJournal journal) {
    this.mark = mark;
    this.journal = journal;
  }

  /**
   * One run's import.
   *
   * @param at everything before is imported, abandoned or held; empty before its first transaction
   * @param keepsGtids whether its transactions have the target's ids
   */
  record Earlier(
      RunKey run, Optional<Position> at, long abandoned, long held, boolean keepsGtids) {}

  /** The newest run first. Waits for a commit that is under way, whose client may be dead. */
  List<Earlier> of(Plan plan, NodeSession source) {
    if (source.queryText(THERE, LIMIT).filter("1"::equals).isEmpty()) {
      return List.of();
    }
    List<Earlier> found = new ArrayList<>();
    for (RunKey run : mark.runsSince(plan)) {
      source.queryText(question(run), LIMIT).map(row -> earlier(run, row)).ifPresent(found::add);
    }
    return found;
  }

  /** A run's key has no character that SQL would take for something else. */
  static String question(RunKey run) {
    return "SELECT CONCAT_WS('|', abandoned, held, keeps_gtids, position_kind, position)"
        + " FROM repli_probe.delta_import WHERE id = '%s' LOCK IN SHARE MODE".formatted(run);
  }

  private static Earlier earlier(RunKey run, String row) {
    String[] parts = row.split("\\|", 5);
    return new Earlier(
        run,
        parts[3].isEmpty()
            ? Optional.empty()
            : Optional.of(new Position(Position.Kind.valueOf(parts[3]), parts[4])),
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        parts[2].equals("1"));
  }

  /** What these did not bring to the source and a later one does not read again, one line each. */
  List<String> leftOut(List<Earlier> imports) {
    List<String> lines = new ArrayList<>();
    for (Earlier one : imports) {
      List<String> what = new ArrayList<>();
      if (one.abandoned > 0) {
        what.add(one.abandoned + " changes abandoned");
      }
      if (one.held > 0) {
        what.add(
            one.held
                + " changes held for people (those that nobody decided wait on /conflicts/"
                + one.run
                + ")");
      }
      // what that one said of earlier ones stands in their own lines
      journal.incomplete(one.run).stream()
          .filter(text -> !text.startsWith(LEFT_OUT))
          .forEach(what::add);
      if (!what.isEmpty()) {
        lines.add("run " + one.run + ": " + String.join(", ", what));
      }
    }
    return lines;
  }
}
