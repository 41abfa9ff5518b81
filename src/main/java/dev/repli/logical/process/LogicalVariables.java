package dev.repli.logical.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.logical.DeltaChoice;
import dev.repli.logical.DeltaPart;
import dev.repli.rollback.StepName;
import dev.repli.run.RunKey;
import java.util.Optional;
import java.util.stream.Stream;

/** Variables of the processes that go back with a delta. */
final class LogicalVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);

  /** Of the work on a delta, the part that a dry run lists. */
  static final ProcessVariable<DeltaPart> PART =
      ProcessVariable.choice(DeltaPart.FACT, DeltaPart.class);

  /** The delta for people: Markdown, foreign text escaped. */
  static final ProcessVariable<String> TEXT = ProcessVariable.text("deltaText");

  /** Held changes that wait for people. */
  static final ProcessVariable<Long> UNDECIDED = ProcessVariable.number("deltaUndecided");

  /** Whether rows lead all the way to the target's end: no statement is in the way. */
  static final ProcessVariable<Boolean> PASSABLE = ProcessVariable.flag("deltaPassable");

  /** How many tables are left to people. */
  static final ProcessVariable<Long> ASKED = ProcessVariable.number("deltaAsked");

  /** A line for each of those tables: as the form begins, then as people answered. */
  static final ProcessVariable<String> TABLES = ProcessVariable.text("deltaTables");

  /** What two people have to approve, as Markdown; empty when nothing is abandoned. */
  static final ProcessVariable<String> LOSS = ProcessVariable.text("deltaLoss");

  static final ProcessVariable<String> IMPORT_ID = ProcessVariable.text("importId");

  // outcome of a step, as the task for failed steps shows it
  static final ProcessVariable<StepName> STEP = ProcessVariable.choice("step", StepName.class);
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");
  static final ProcessVariable<Boolean> SKIPPABLE = ProcessVariable.flag("stepSkippable");

  private LogicalVariables() {}

  /** Empty when people choose not to go back. */
  static Optional<DeltaChoice> choice(String answer) {
    return Stream.of(DeltaChoice.values())
        .filter(choice -> choice.name().equals(answer))
        .findFirst();
  }
}
