package dev.repli.delta.conflict;

import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.conflict.DecisionOutcome.AlreadyDecided;
import dev.repli.delta.conflict.DecisionOutcome.Changed;
import dev.repli.delta.conflict.DecisionOutcome.Done;
import dev.repli.delta.conflict.DecisionOutcome.Invalid;
import dev.repli.delta.conflict.DecisionOutcome.Refused;
import dev.repli.delta.conflict.DecisionOutcome.Unknown;
import dev.repli.delta.conflict.HeldGroups.State;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.RowOutcome;
import dev.repli.delta.imports.TargetTable;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Journal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where conflicts are looked at and decided. */
public final class ConflictDesk {
  private final HeldGroups held;
  private final ConflictNode node;
  private final Admission admission;
  private final Journal journal;
  private final Clock clock;

  public ConflictDesk(
      HeldGroups held, ConflictNode node, Admission admission, Journal journal, Clock clock) {
    this.held = held;
    this.node = node;
    this.admission = admission;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * What became of every change so far. Decisions that only the node knows yet, since Repli ended
   * in between, are taken over first.
   *
   * @throws dev.repli.delta.imports.ImportException when the sums do not add up
   */
  public DeltaSums sums(ConflictCase about) {
    try (ConflictSession session = open(about)) {
      session.decisions(about.id()).forEach(decision -> take(about, decision, ""));
      ImportCounts counts =
          session.checkpoint(about.id()).map(Checkpoint::counts).orElse(ImportCounts.NONE);
      return DeltaSums.of(counts, counts(about));
    }
  }

  public ConflictCounts counts(ConflictCase about) {
    return held.counts(about.id());
  }

  /** What became of the held changes of each table. */
  public List<HeldGroups.TableCount> tables(ConflictCase about) {
    return held.tables(about.id());
  }

  /** Open conflicts with their rows, as they are now. */
  public List<Conflict> page(ConflictCase about, Optional<String> table, long after, int most) {
    try (ConflictSession session = open(about)) {
      LookAtConflicts look = new LookAtConflicts(held, session, about.id());
      List<HeldGroup> groups =
          held.page(about.id(), State.OPEN, table, after, look.committed(), most);
      session.begin();
      List<Conflict> page = groups.stream().map(look::at).toList();
      session.rollback();
      return page;
    }
  }

  /** Conflicts that are decided, without their rows. */
  public List<HeldGroup> decided(
      ConflictCase about, State state, Optional<String> table, long after, int most) {
    return held.page(about.id(), state, table, after, Long.MAX_VALUE, most);
  }

  /** One that waits for a decision; empty when it does not, or is not there. */
  public Optional<Conflict> one(ConflictCase about, long group) {
    try (ConflictSession session = open(about)) {
      return look(session, about, group);
    }
  }

  private Optional<Conflict> look(ConflictSession session, ConflictCase about, long group) {
    LookAtConflicts look = new LookAtConflicts(held, session, about.id());
    return held.open(about.id(), group, look.committed())
        .map(
            open -> {
              session.begin();
              Conflict conflict = look.at(open);
              session.rollback();
              return conflict;
            });
  }

  /**
   * The statements that a decision would run, in their order.
   *
   * @param seen of the conflict, which they are about
   */
  public record Preview(String seen, List<String> statements, List<String> problems) {
    public Preview {
      statements = List.copyOf(statements);
      problems = List.copyOf(problems);
    }
  }

  /** Runs nothing; empty when nothing waits for a decision there. */
  public Optional<Preview> preview(ConflictCase about, long group, Proposal proposal) {
    try (ConflictSession session = open(about)) {
      return look(session, about, group)
          .map(
              conflict -> {
                WantedChanges wanted = WantedChanges.of(conflict, proposal);
                List<String> statements = new ArrayList<>();
                conflict
                    .into()
                    .ifPresent(
                        table ->
                            wanted
                                .changes()
                                .forEach(one -> statements.add(session.statement(table, one))));
                return new Preview(conflict.seen(), statements, wanted.problems());
              });
    }
  }

  /**
   * Decides, against exactly what the person saw.
   *
   * @param seen {@link Conflict#seen} of what was shown
   * @param reason in the person's words; may be empty
   */
  public DecisionOutcome decide(
      ConflictCase about, long group, Proposal proposal, String seen, String who, String reason) {
    try (ConflictSession session = open(about)) {
      LookAtConflicts look = new LookAtConflicts(held, session, about.id());
      Optional<HeldGroup> open = held.open(about.id(), group, look.committed());
      if (open.isEmpty()) {
        return notOpen(about, group);
      }
      admit(about);
      Decision decision = decision(open.get(), proposal, who, "");
      return decide(session, look, about, open.get(), proposal, seen, decision, reason);
    }
  }

  /** Before anything is decided. */
  void admit(ConflictCase about) {
    admission.to(about);
  }

  /** What rules decide with a session for many, each against what the rule saw. */
  DecisionOutcome decide(
      ConflictSession session,
      LookAtConflicts look,
      ConflictCase about,
      HeldGroup open,
      ConflictRule rule) {
    session.begin();
    Conflict seen = look.at(open);
    session.rollback();
    Optional<Proposal> verdict = RuleVerdict.of(rule, seen);
    if (verdict.isEmpty()) {
      return new Invalid(List.of("the rule does not say who wins"));
    }
    Decision decision = decision(open, verdict.get(), rule.proposedBy(), rule.id());
    return decide(session, look, about, open, verdict.get(), seen.seen(), decision, "");
  }

  private Decision decision(HeldGroup open, Proposal proposal, String who, String rule) {
    return new Decision(
        open.group(),
        open.last(),
        proposal.answer(),
        who,
        rule,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private DecisionOutcome decide(
      ConflictSession session,
      LookAtConflicts look,
      ConflictCase about,
      HeldGroup open,
      Proposal proposal,
      String seen,
      Decision decision,
      String reason) {
    if (session.decidedThrough(about.id(), open.group()) >= open.last()) {
      session.decisions(about.id()).forEach(known -> take(about, known, ""));
      return notOpen(about, open.group());
    }
    session.begin();
    Conflict conflict = look.at(open);
    WantedChanges wanted = WantedChanges.of(conflict, proposal);
    DecisionOutcome outcome =
        !seen.equals(conflict.seen())
            ? new Changed(conflict)
            : !wanted.problems().isEmpty()
                ? new Invalid(wanted.problems())
                : write(session, conflict, wanted.changes(), decision);
    if (!(outcome instanceof Done)) {
      session.rollback();
      return outcome;
    }
    session.commit(about.id(), decision);
    take(about, decision, reason);
    return outcome;
  }

  /** What is locked cannot change meanwhile; a row that was not there can. */
  private static DecisionOutcome write(
      ConflictSession session, Conflict conflict, List<RowChange> changes, Decision decision) {
    if (changes.isEmpty()) {
      return new Done(decision, 0);
    }
    TargetTable table = conflict.into().orElseThrow();
    for (RowChange change : changes) {
      RowOutcome outcome = session.apply(table, change);
      if (outcome instanceof RowOutcome.Refused refused) {
        return new Refused(refused.error());
      }
      if (outcome instanceof RowOutcome.Conflict) {
        return new Changed(conflict);
      }
    }
    return new Done(decision, changes.size());
  }

  private DecisionOutcome notOpen(ConflictCase about, long group) {
    return held.newest(about.id(), group)
        .<DecisionOutcome>map(AlreadyDecided::new)
        .orElseGet(Unknown::new);
  }

  /** The node has it; the journal first, so that nothing is decided without standing there. */
  private void take(ConflictCase about, Decision decision, String reason) {
    Optional<HeldGroup> open = held.open(about.id(), decision.group(), decision.through());
    if (open.isEmpty()) {
      return;
    }
    if (decision.rule().isEmpty()) {
      journal.append(
          about.run(),
          new Decided(
              decision.who(),
              "Conflict %d in %s (%d changes)"
                  .formatted(decision.group(), open.get().table(), open.get().changes()),
              decision.answer().word(),
              reason,
              ""));
    }
    held.decided(about.id(), decision);
  }

  private ConflictSession open(ConflictCase about) {
    return node.open(about.into(), about.account());
  }
}
