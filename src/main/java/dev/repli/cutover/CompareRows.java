package dev.repli.cutover;

import dev.repli.comparison.BackgroundComparisons;
import dev.repli.comparison.BackgroundComparisons.State;
import dev.repli.comparison.ComparisonId;
import dev.repli.comparison.ComparisonRequest;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableComparison;
import dev.repli.comparison.TableResult;
import dev.repli.comparison.TableSelection;
import dev.repli.comparison.Verdict;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Before people are asked, the rows of both nodes were compared: a comparison that is clean and
 * young counts, else one is made.
 */
public final class CompareRows {
  /** How often the step looks. */
  public static final Duration EVERY = Duration.ofSeconds(2);

  private static final String BEGUN = "COMPARISON_BEGUN";
  private static final String PROGRESS = "COMPARISON_PROGRESS";
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);
  private static final int NAMED = 10;
  private final TableComparison comparisons;
  private final BackgroundComparisons background;
  private final CutoverJournal journal;
  private final Clock clock;

  CompareRows(
      TableComparison comparisons,
      BackgroundComparisons background,
      CutoverJournal journal,
      Clock clock) {
    this.comparisons = comparisons;
    this.background = background;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * How far it is.
   *
   * @param done nothing is under way any more; whether the rows are the same says the certificate
   * @param comparison the one that is under way; empty when done
   * @param text for people
   */
  public record Compared(boolean done, String comparison, String text) {}

  /**
   * Begins a comparison when it is needed, or looks how far it is. At once.
   *
   * @param underWay what the last look returned
   * @param dryRun only looks
   */
  public Compared advance(RunKey run, Plan plan, String underWay, boolean dryRun) {
    if (!underWay.isEmpty()) {
      return look(run, plan, new ComparisonId(underWay));
    }
    String newest =
        comparisons
            .newest(plan.id(), Node.Role.SOURCE, Node.Role.TARGET)
            .map(this::describe)
            .orElse("never compared in this direction");
    if (dryRun || proved(plan)) {
      return new Compared(true, "", newest);
    }
    ComparisonId id = new ComparisonId(run + ":" + clock.instant().toEpochMilli());
    journal.note(
        run,
        BEGUN,
        "The rows of both nodes are compared, since the last comparison does not count: " + newest,
        Map.of("comparison", id.value()));
    return look(run, plan, id);
  }

  private boolean proved(Plan plan) {
    return comparisons
        .newest(plan.id(), Node.Role.SOURCE, Node.Role.TARGET)
        .filter(result -> result.proves(clock.instant()))
        .isPresent();
  }

  private Compared look(RunKey run, Plan plan, ComparisonId id) {
    ComparisonRequest request =
        new ComparisonRequest(
            id, plan, Node.Role.SOURCE, Node.Role.TARGET, new TableSelection.All());
    State state = background.advance(request, EVERY.multipliedBy(10));
    if (state instanceof State.Working working) {
      String text = RowWords.of(working.progress());
      tell(run, text);
      return new Compared(false, id.value(), text);
    }
    String text =
        state instanceof State.Ended ended
            ? describe(ended.result())
            : "the comparison failed: " + ((State.Failed) state).why();
    journal.note(run, "COMPARISON_ENDED", "Rows: " + text, Map.of("comparison", id.value()));
    return new Compared(true, "", text);
  }

  /** Now and then, so that hours of work do not fill the journal. */
  private void tell(RunKey run, String text) {
    Instant now = clock.instant();
    boolean toldLately =
        journal
            .newestAt(run, BEGUN, PROGRESS)
            .filter(at -> now.isBefore(at.plus(TELL_EVERY)))
            .isPresent();
    if (!toldLately) {
      journal.note(run, PROGRESS, "Comparing: " + text, Map.of());
    }
  }

  private String describe(ComparisonResult result) {
    Duration age = Duration.between(result.endedAt(), clock.instant());
    return "%s in %d tables, %s ago%s"
        .formatted(
            RowWords.of(result.verdict()),
            result.tables().size(),
            Words.of(age),
            result.isClean() ? "" : ": " + named(result));
  }

  private static String named(ComparisonResult result) {
    return result.tables().stream()
        .filter(table -> table.verdict() != Verdict.EQUAL)
        .limit(NAMED)
        .map(CompareRows::named)
        .collect(Collectors.joining("; "));
  }

  private static String named(TableResult table) {
    return table.table() + (table.notes().isEmpty() ? "" : " (" + table.notes().get(0) + ")");
  }
}
