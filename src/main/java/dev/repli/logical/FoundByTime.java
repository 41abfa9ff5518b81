package dev.repli.logical;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.risk;

import dev.repli.database.NodeException;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.LogGoneException;
import dev.repli.delta.TimedRows;
import dev.repli.delta.TimedTables;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.journal.Evidence.Measured;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.rollback.MissingInDelta;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is left where the target's binary logs since the cutover are gone: rows whose time column
 * says that they were written since. From the instant at which they are read on the binary log goes
 * on, so only what lies before is incomplete. Never done without the approval of people who were
 * told so.
 */
final class FoundByTime {
  /** Name of the finding, by which the approval is found in the journal. */
  static final String WHAT = "changes found by time columns only";

  /** Transactions that began before the cutover, and clocks that differ. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  private static final int LOOK_EVERY = 10_000;
  private static final String UNIT = "rows found by time";
  private static final String MISSING =
      "incomplete: deletes and untimed tables are missing, and rows whose time was not touched";

  private final TimedRows rows;
  private final CutoverMark mark;
  private final DeltaFiles files;
  private final CarriedJournal journal;

  FoundByTime(TimedRows rows, CutoverMark mark, DeltaFiles files, CarriedJournal journal) {
    this.rows = rows;
    this.mark = mark;
    this.files = files;
    this.journal = journal;
  }

  /** What people have to know before they decide, or why even this is impossible. */
  Finding instead(Plan plan, LogGoneException gone) {
    String where = plan.target().label();
    String why = String.valueOf(gone.getMessage());
    try {
      Optional<Instant> since = since(plan);
      if (since.isEmpty()) {
        return bad(
            WHAT,
            where,
            why + "; no cutover is in the journal that says since when to look for rows");
      }
      TimedTables tables = tables(plan);
      return tables.timed().isEmpty()
          ? bad(
              WHAT,
              where,
              why
                  + "; no table has a time column that could tell either: "
                  + tables.untimedInWords()
                  + "; name one in delta.tables of the plan (timeColumn)")
          : risk(WHAT, where, warning(since.get(), tables) + ". " + why);
    } catch (NodeException | UnreadableDeltaException failure) {
      return bad(WHAT, where, why + "; " + failure.getMessage());
    }
  }

  private Optional<Instant> since(Plan plan) {
    return mark.timeOfCutover(plan).map(cutover -> cutover.minus(MARGIN).minus(behind(plan)));
  }

  /** The cutover's time is Repli's, the rows' times are the target's. */
  private Duration behind(Plan plan) {
    Duration behind = Duration.between(rows.now(plan.target()), journal.clock().instant());
    return behind.isNegative() ? Duration.ZERO : behind.truncatedTo(ChronoUnit.SECONDS);
  }

  private TimedTables tables(Plan plan) {
    return rows.tables(plan.target(), plan.delta().timeColumns());
  }

  private static String warning(Instant since, TimedTables tables) {
    return "%s. All changes are missing of: %s. Rows since %s are looked for in %s"
        .formatted(MISSING, tables.untimedInWords(), since, tables.timedInWords());
  }

  /** The same findings; one about time columns is bad when nobody was asked with it in view. */
  Findings approvedOnly(RunKey run, Findings findings) {
    List<Finding> checked =
        findings.all().stream()
            .map(
                finding ->
                    isRisk(finding) && !isApproved(run)
                        ? bad(finding.what(), finding.where(), notApproved(finding.found()))
                        : finding)
            .toList();
    return new Findings(checked);
  }

  private static boolean isRisk(Finding finding) {
    return finding.what().equals(WHAT) && finding.verdict() == Verdict.RISK;
  }

  private static String notApproved(String found) {
    return found
        + "; people approved this rollback before that was known: end it, and start it again so"
        + " that two people decide knowing it";
  }

  /** What is assessed before the approval is in the journal, with all risks of the way. */
  private boolean isApproved(RunKey run) {
    return journal.journal().read(run).stream()
        .anyMatch(
            entry ->
                entry.evidence() instanceof Measured measured
                    && measured.unit().equals(Verdict.RISK.name())
                    && !measured.what().equals(WHAT)
                    && measured.value().contains(WHAT));
  }

  /**
   * Why rows must not be looked for in this run; empty when they may. What was found once cannot be
   * found again: it is another moment, and the import may be in the middle of it.
   */
  Optional<String> obstacle(RunKey run) {
    if (!isApproved(run)) {
      return Optional.of(notApproved("the target's binary logs since the cutover are gone"));
    }
    return ChosenDelta.of(journal.journal(), run).isPresent()
        ? Optional.of(
            "the files of this delta are not on this machine, and rows that were found by time"
                + " columns cannot be found a second time: copy the run's folder of the delta here"
                + " from the machine that wrote it, then try again")
        : Optional.empty();
  }

  /**
   * Writes the first file of a run.
   *
   * @throws WorkLostException when it was ended on the way
   */
  void extract(RunKey run, Plan plan, DeltaOrigin origin, Path file, WorkWatch watch) {
    try (DeltaFiles.Writer writer = files.write(file, origin)) {
      if (writer.reached().equals(origin.from())) {
        copy(run, plan, writer, watch);
      } else {
        // all rows are there, only the end of the file was not written any more: what was said when
        // they were read stays true
        writer.append(new DeltaEvent.Finished(writer.reached()));
      }
      writer.finish();
      journal.extracted(run, origin.from(), writer.reached(), file, writer.counts().rows());
    }
  }

  private void copy(RunKey run, Plan plan, DeltaFiles.Writer writer, WorkWatch watch) {
    Instant since =
        since(plan).orElseThrow(() -> new IllegalStateException("no cutover is in the journal"));
    TimedTables tables = tables(plan);
    journal
        .missing()
        .say(
            run,
            warning(since, tables),
            Map.of(
                MissingInDelta.SINCE,
                since.toString(),
                "timed",
                Integer.toString(tables.timed().size()),
                "untimed",
                Integer.toString(tables.untimed().size())));
    try (TimedRows.Stream stream = rows.open(plan.target(), tables, since)) {
      long total = stream.total();
      watch.progress(0, total, UNIT);
      for (long events = 1; ; events++) {
        DeltaEvent event = stream.next(Duration.ofSeconds(1));
        writer.append(event);
        if (event instanceof DeltaEvent.Finished) {
          return;
        }
        if (events % LOOK_EVERY == 0) {
          watch.progress(writer.counts().rows(), total, UNIT);
          if (watch.cancellation().isRequested()) {
            throw new WorkLostException("looking for rows was ended after " + events);
          }
        }
      }
    }
  }
}
