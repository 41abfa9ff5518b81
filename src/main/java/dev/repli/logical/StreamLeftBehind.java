package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Fence;
import dev.repli.database.Position;
import dev.repli.delta.stream.OrderStream;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Repli's own stream and the fence of a source whose rollback ended without moving the writer, as
 * they were before. A stream goes on behind what rollbacks have imported; where that is not all of
 * the target's, people are told instead.
 */
final class StreamLeftBehind {
  static final String STOPPED = "SOURCE_STREAM_STOPPED";
  static final String STARTED = "SOURCE_STREAM_STARTED";
  static final String LEFT = "SOURCE_STREAM_LEFT";
  static final String ADMITTED = "SOURCE_ADMITS_IMPORTS";
  static final String CLOSED = "SOURCE_FENCED_AGAIN";
  static final String KEPT_OPEN = "SOURCE_STAYS_OPEN_FOR_IMPORTS";

  /** For the form of a step that failed after the stream was stopped. */
  static final String WILL_BE_SEEN_TO =
      ". The reverse stream is stopped by this rollback: when it ends without moving the writer, the"
          + " stream is started again behind what was imported, or the journal says why not";

  private static final String REPLI = "repli";
  private static final String NODE = "node";
  private static final Duration LOCK_WAIT = Duration.ofSeconds(1);
  private final Journal journal;
  private final OrderStream order;
  private final EarlierImports imports;

  StreamLeftBehind(Journal journal, OrderStream order, EarlierImports imports) {
    this.journal = journal;
    this.order = order;
    this.imports = imports;
  }

  /**
   * Nobody may write there any more, as it was; unless people have started a stream meanwhile,
   * which writes through the same opening. Repeatable.
   *
   * @param left runs from the one that let imports in on, the newest first
   * @throws IllegalStateException when running statements keep the fence from closing
   */
  void close(Plan plan, List<RunKey> left, NodeSession source) {
    String where = source.node().label();
    if (!source.look().readOnly() || keptOpen(plan, left, where)) {
      return;
    }
    if (!(source.fence(LOCK_WAIT) instanceof Fence.Fenced)) {
      throw new IllegalStateException("super_read_only cannot be turned on yet at " + where);
    }
    // who started one in between has found it open
    if (keptOpen(plan, left, where)) {
      source.admitImports();
      return;
    }
    journal.append(
        left.get(0),
        new Milestone(CLOSED, "super_read_only is on again at " + where, Map.of(NODE, where)));
  }

  private boolean keptOpen(Plan plan, List<RunKey> left, String where) {
    Optional<StreamOrder> stream = order.wanted(plan.id());
    stream.ifPresent(
        is ->
            journal.append(
                left.get(0),
                new Milestone(
                    KEPT_OPEN,
                    "super_read_only stays off at %s for the reverse stream from %s, which was started meanwhile"
                        .formatted(where, is.from()),
                    Map.of(NODE, where))));
    return stream.isPresent();
  }

  /**
   * Starts it, or tells people why not. Repeatable. It may write then, and nobody else.
   *
   * @param left runs from the one that stopped the stream on, the newest first
   * @param imported by these runs, the newest first
   * @return whether it shall run
   */
  boolean mend(Plan plan, List<RunKey> left, NodeSession source, List<Earlier> imported) {
    if (LeftBehind.isTold(journal, LEFT, left, imported)) {
      return false;
    }
    String where = source.node().label();
    String why =
        source.look().readOnly()
            ? stream(plan, left, source, imported)
            : where + " accepts writes by now";
    journal.append(
        left.get(0),
        why.isEmpty()
            ? new Milestone(STARTED, "The reverse stream runs again", Map.of(NODE, where))
            : new Milestone(
                LEFT,
                "The reverse stream stays stopped: " + why,
                Map.of(
                    NODE,
                    where,
                    "message",
                    "step-stands",
                    "step",
                    "reverse stream to the source")));
    return why.isEmpty();
  }

  /** Why it is not started; empty when it is. */
  private String stream(Plan plan, List<RunKey> left, NodeSession source, List<Earlier> imported) {
    String begin =
        imported.stream()
            .flatMap(one -> one.at().stream())
            .findFirst()
            .map(Position::value)
            .orElseGet(() -> from(left.get(left.size() - 1)));
    List<String> missing = imports.leftOut(imported);
    if (!missing.isEmpty()) {
      return "the delta is imported up to %s, but the source differs from the target (%s). Another logical rollback goes on exactly there; a stream that is started there by hand does not bring what was left out"
          .formatted(begin, String.join("; ", missing));
    }
    if (left.stream().anyMatch(run -> journal.newestMilestone(run, LEFT).isPresent())) {
      return "run %s has imported more of the delta: start it from %s, and from nowhere before, since the source has all of that"
          .formatted(imported.get(0).id(), begin);
    }
    Position position =
        OrderStream.position(plan, begin)
            .orElseThrow(() -> new IllegalStateException("no position of the target: " + begin));
    if (order.start(plan, position, REPLI) instanceof OrderStream.Start.Refused refused) {
      return String.join("; ", refused.why()) + ". Start it from " + begin + " when that is mended";
    }
    // as a cutover does: one that was started again has the fence of its option file
    source.admitImports();
    return "";
  }

  private String from(RunKey stopped) {
    return journal
        .newestMilestone(stopped, STOPPED)
        .map(JournalEntry::evidence)
        .map(evidence -> ((Milestone) evidence).facts().getOrDefault("from", ""))
        .orElse("");
  }
}
