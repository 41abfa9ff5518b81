package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Replication;
import dev.repli.database.Position;
import dev.repli.delta.imports.FileFeed;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.stream.EndStream;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/**
 * Brings the delta of a run over, in rounds: each reads what came since the last one into a file
 * and imports it, until a round is short. The target writes meanwhile. Every part can be killed at
 * any point and done again.
 */
public final class CarryDelta {
  /** Rows that the switch itself carries in well under a second. */
  static final long LITTLE = 2_000;

  /** The target may write faster than the source takes it: then the switch's gate says so. */
  static final int MOST_ROUNDS = 20;

  private final Looks looks;
  private final DeltaRounds rounds;
  private final ExtractFirst first;
  private final ImportDelta imports;
  private final Imports requests;
  private final CutoverMark mark;
  private final CarriedJournal journal;
  private final EndStream stream;
  private final PaceClock pace;

  CarryDelta(
      Looks looks,
      DeltaRounds rounds,
      ImportDelta imports,
      Imports requests,
      CutoverMark mark,
      CarriedJournal journal,
      EndStream stream,
      PaceClock pace) {
    this.looks = looks;
    this.rounds = rounds;
    this.first = new ExtractFirst(rounds, journal);
    this.imports = imports;
    this.requests = requests;
    this.mark = mark;
    this.journal = journal;
    this.stream = stream;
    this.pace = pace;
  }

  /**
   * Does a part, or finds it done.
   *
   * @return why it could not be done; empty when it is
   * @throws WorkLostException when it was ended on the way
   */
  public Optional<String> perform(DeltaPart part, RunKey run, Plan plan, WorkWatch watch) {
    return switch (part) {
      case EXTRACT -> first.extract(run, plan, watch);
      case IMPORT ->
          importRounds(run, plan, watch)
              .map(failure -> failure + SourceLeftBehind.willBeSeenTo(journal, run));
      case CLOSE -> close(run, plan, watch);
    };
  }

  private Optional<String> importRounds(RunKey run, Plan plan, WorkWatch watch) {
    ChosenDelta choice =
        ChosenDelta.of(journal.journal(), run)
            .orElseThrow(() -> new IllegalStateException("nobody has chosen what to import"));
    requests.open(run, plan);
    // what cannot be passed is found before anything is changed on the source
    Optional<String> still =
        rounds.extractToNow(run, plan, watch).or(() -> aloneOnTheSource(run, plan, watch));
    if (still.isPresent()) {
      return still;
    }
    if (requests.checkpoint(run, plan).isEmpty()) {
      rounds.beginWhereTheSourceStands(plan, run);
    }
    for (int round = 1; ; round++) {
      watch.mine();
      long before = rounds.rows(plan, run);
      Optional<String> failure = rounds.extractToNow(run, plan, watch);
      if (failure.isEmpty()) {
        failure = imported(run, plan, choice, watch);
      }
      boolean enough =
          rounds.rows(plan, run) - before <= LITTLE
              || round == MOST_ROUNDS
              || requests.undecided(run, plan) > 0;
      if (failure.isPresent() || enough) {
        return failure;
      }
    }
  }

  /** Two that apply the same changes would take each other's for conflicts. */
  private Optional<String> aloneOnTheSource(RunKey run, Plan plan, WorkWatch watch) {
    watch.mine();
    stream.wanted(plan.id()).ifPresent(order -> journal.streamStopped(run, order));
    Optional<String> streams =
        stream.end(plan.id(), "rollback " + run, "the rollback imports the delta itself");
    if (streams.isPresent()) {
      return streams;
    }
    Findings stopped = looks.atNode(plan, plan.source(), source -> takeOver(run, source));
    return stopped.good() ? Optional.empty() : Optional.of(stopped.problems());
  }

  /** Written down before, so that whoever ends the run knows of it. */
  private List<Finding> takeOver(RunKey run, NodeSession source) {
    Replication stream = source.replication();
    if (stream.receiving() || stream.applying()) {
      journal.replicationStopped(run, source.node());
    }
    if (stream.configured()) {
      source.stopReplication();
    }
    if (AdmitImports.needed(source)) {
      journal.importsAdmitted(run, source.node());
      source.admitImports();
    }
    return List.of();
  }

  /** Why it stopped before the end of the files; empty at the end. */
  private Optional<String> imported(RunKey run, Plan plan, ChosenDelta choice, WorkWatch watch) {
    ImportCounts before = requests.counts(run, plan);
    long begun = pace.begin();
    ImportResult result =
        imports.run(
            requests.of(run, plan, choice, Imports.ROUNDS),
            new FileFeed(rounds.format(), rounds.files(plan, run)),
            new WatchedImport(watch, before.extracted(), rounds.rows(plan, run)));
    if (result instanceof ImportResult.Cancelled) {
      throw new WorkLostException(
          "the import was ended at " + CarriedCounts.words(result.counts()));
    }
    pace.imported(run, plan, before, result.counts(), begun);
    journal.imported(run, result.counts());
    return failure(result, rounds.foundByTime(plan, run));
  }

  private static Optional<String> failure(ImportResult result, boolean foundByTime) {
    if (result instanceof ImportResult.StoppedAtStatement at) {
      return Optional.of(stopped(StatementInTheWay.words(at.statement())));
    }
    if (result instanceof ImportResult.TableNotReady table) {
      return Optional.of(
          table.table() + " cannot be imported into: " + String.join("; ", table.reasons()));
    }
    if (result instanceof ImportResult.TooManyHeld many) {
      return Optional.of(HeldWords.tooMany(many, foundByTime));
    }
    return Optional.empty();
  }

  static String stopped(String statement) {
    return "a statement on the target changed more than rows, and what follows it cannot be"
        + " carried: "
        + statement
        + ". "
        + StatementInTheWay.WHAT_TO_DO;
  }

  /** After the switch: the target is fenced, so what was marked there is the end. */
  private Optional<String> close(RunKey run, Plan plan, WorkWatch watch) {
    Position end =
        mark.handedOver(run, "SOURCE")
            .orElseThrow(() -> new IllegalStateException("the writer has not moved yet"));
    Optional<String> failure = rounds.extractTo(run, plan, end, watch);
    if (failure.isPresent()) {
      return failure;
    }
    long kept = rounds.rows(plan, run);
    long extracted = requests.counts(run, plan).extracted();
    if (extracted != kept && rounds.fromTheBeginning(plan, run)) {
      return Optional.of(
          "%d changes are in the files of the delta, but %d were imported or left out: compare the tables"
              .formatted(kept, extracted));
    }
    journal.closed(run, plan, requests.sums(run, plan), rounds.files(plan, run));
    return Optional.empty();
  }
}
