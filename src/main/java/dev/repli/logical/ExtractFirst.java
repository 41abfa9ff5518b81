package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.logical.CarriedJournal.Written;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/** What people are shown before they choose what becomes of the delta. */
record ExtractFirst(DeltaRounds rounds, CarriedJournal journal) {

  /** Why it stopped before; empty when there is something to show. */
  Optional<String> extract(RunKey run, Plan plan, WorkWatch watch) {
    List<String> here = rounds.ends(plan, run).stream().map(Position::value).toList();
    Optional<Written> written = journal.written(run);
    Optional<String> failure = Optional.empty();
    if (here.isEmpty() || written.filter(known -> known.stopsBehind(here)).isPresent()) {
      failure = rounds.extractToNow(run, plan, watch);
    } else if (written.stream().flatMap(known -> known.ends().stream()).noneMatch(here::contains)) {
      rounds.journalLast(run, plan);
    }
    // people are shown a statement in the way with the delta, and can only end the run
    return rounds.statementAtTheEnd(plan, run).isPresent() ? Optional.empty() : failure;
  }
}
