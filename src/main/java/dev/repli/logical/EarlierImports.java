package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.delta.imports.ImportId;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What runs and streams since the cutover have imported, as the source itself has it: an import
 * writes its place in the same transaction as the rows. The source's own position does not tell,
 * since several transactions that were committed together have the id of the first.
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
   * One import of a run or of a stream.
   *
   * @param at everything before is imported, abandoned or held; empty before its first transaction
   * @param keepsGtids whether its transactions have the target's ids
   */
  record Earlier(
      ImportId id, Optional<Position> at, long abandoned, long held, boolean keepsGtids) {
    boolean isOf(RunKey run) {
      return id.equals(DeltaChoice.importOf(run));
    }

    /** Which of these runs imported it; -1 when none did. */
    int indexIn(List<RunKey> runs) {
      return IntStream.range(0, runs.size()).filter(i -> isOf(runs.get(i))).findFirst().orElse(-1);
    }

    /** Those that one of these runs imported. */
    static List<Earlier> of(List<RunKey> runs, List<Earlier> all) {
      return all.stream().filter(one -> one.indexIn(runs) >= 0).toList();
    }
  }

  /**
   * The newest run first, then streams. Waits for a commit that is under way, whose client may be
   * dead.
   */
  List<Earlier> of(Plan plan, NodeSession source) {
    if (source.queryText(THERE, LIMIT).filter("1"::equals).isEmpty()) {
      return List.of();
    }
    List<Earlier> found = new ArrayList<>();
    List<ImportId> ids = new ArrayList<>();
    mark.runsSince(plan).forEach(run -> ids.add(DeltaChoice.importOf(run)));
    ids.addAll(mark.streamsSince(plan));
    for (ImportId id : ids) {
      source.queryText(question(id), LIMIT).map(row -> earlier(id, row)).ifPresent(found::add);
    }
    return found;
  }

  /** An import's id has no character that SQL would take for something else. */
  static String question(ImportId id) {
    return "SELECT CONCAT_WS('|', abandoned, held, keeps_gtids, position_kind, position)"
        + " FROM repli_probe.delta_import WHERE id = '%s' LOCK IN SHARE MODE".formatted(id);
  }

  private static Earlier earlier(ImportId id, String row) {
    String[] parts = row.split("\\|", 5);
    return new Earlier(
        id,
        parts[3].isEmpty()
            ? Optional.empty()
            : Optional.of(new Position(Position.Kind.valueOf(parts[3]), parts[4])),
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        parts[2].equals("1"));
  }

  private static boolean isStream(ImportId id) {
    return id.value().startsWith("stream-");
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
                + (isStream(one.id) ? "RUN of its task 'Resolve conflicts'" : one.id)
                + ")");
      }
      if (!isStream(one.id)) {
        // what that one said of earlier ones stands in their own lines
        journal.missing().texts(new RunKey(one.id.value())).stream()
            .filter(text -> !text.startsWith(LEFT_OUT))
            .forEach(what::add);
      }
      if (!what.isEmpty()) {
        String who = isStream(one.id) ? "reverse stream " : "run ";
        lines.add(who + one.id + ": " + String.join(", ", what));
      }
    }
    return lines;
  }
}
