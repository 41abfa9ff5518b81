package dev.repli.delta.conflict;

import dev.repli.delta.imports.ImportId;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import java.util.Optional;

/** Finds what a run's people decide about: the node and account that its plan had. */
public final class CaseBook {
  private final ConflictCases cases;
  private final Plans plans;

  public CaseBook(ConflictCases cases, Plans plans) {
    this.cases = cases;
    this.plans = plans;
  }

  /** From now on this run's people decide about the import. */
  public ConflictCase open(Plan plan, RunKey run, ImportId id) {
    cases.open(new ConflictCases.Known(id, run, plan.id(), plan.contentHash()));
    return of(plan, run, id);
  }

  /**
   * Empty when the run has nothing to decide about.
   *
   * @throws IllegalStateException when the plan of that time is gone
   */
  public Optional<ConflictCase> of(RunKey run) {
    return cases
        .of(run)
        .map(
            known ->
                of(
                    plans
                        .version(known.plan(), known.planHash())
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    "plan %s of run %s is gone; put its file back"
                                        .formatted(known.plan(), run))),
                    run,
                    known.id()));
  }

  /** Imports go to the source: it is the way back. */
  private static ConflictCase of(Plan plan, RunKey run, ImportId id) {
    return new ConflictCase(
        id, run, plan.source(), plan.delta().account().orElse(plan.source().account()));
  }
}
