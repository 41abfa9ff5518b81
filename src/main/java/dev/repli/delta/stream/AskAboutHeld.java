package dev.repli.delta.stream;

import dev.repli.delta.conflict.ConflictCounts;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.conflict.HeldGroups.TableCount;
import dev.repli.delta.imports.ImportId;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has people decide about what streams hold: one run at a time for each stream, as long as
 * something waits. What is held closes the way back, and in the night nobody knows a call for it.
 */
final class AskAboutHeld {
  static final String RUNBOOK = "DeltaConflictsProcess";
  static final String HELD = "CHANGES_HELD";
  private static final String REPLI = "repli";
  private static final String IMPORT = "importId";
  private static final int MOST_RUNS = 1000;
  private static final int MOST_TABLES = 5;
  private static final Logger LOG = LoggerFactory.getLogger(AskAboutHeld.class);

  private final StreamStore streams;
  private final HeldGroups held;
  private final Plans plans;
  private final Runs runs;
  private final Journal journal;

  AskAboutHeld(StreamStore streams, HeldGroups held, Plans plans, Runs runs, Journal journal) {
    this.streams = streams;
    this.held = held;
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
  }

  /** Looks once; several nodes may do so at the same time. */
  void tick() {
    for (KnownStream stream : streams.all()) {
      try {
        look(stream);
      } catch (RuntimeException e) {
        LOG.error("asking about what the stream of {} holds failed", stream.order().plan(), e);
      }
    }
  }

  private void look(KnownStream stream) {
    ImportId id = stream.order().id();
    Optional<Plan> plan = plans.find(stream.order().plan());
    if (!stream.wanted() || plan.isEmpty()) {
      return;
    }
    List<TableCount> open =
        held.tables(id).stream().filter(table -> table.counts().open() > 0).toList();
    if (!open.isEmpty()) {
      tell(run(plan.get(), id), plan.get(), open);
    }
  }

  /** The one that asks already, or a new one. Its key is free: runs stay known for ever. */
  private RunKey run(Plan plan, ImportId id) {
    List<Run> known = runs.newestReal(plan.id(), RUNBOOK, MOST_RUNS);
    return known.stream()
        .filter(run -> run.endedAt().isEmpty() && isAbout(id, run.key()))
        .map(Run::key)
        .findFirst()
        .orElseGet(() -> start(plan, id, known.size() + 1));
  }

  private RunKey start(Plan plan, ImportId id, int number) {
    int free = number;
    while (runs.find(key(plan.id(), free)).isPresent()) {
      free++;
    }
    Map<String, String> facts =
        Map.of(
            IMPORT,
            id.value(),
            "planHash",
            plan.contentHash(),
            "summary",
            "The reverse stream of plan " + plan.id() + " holds changes");
    return runs.start(
            new Runs.Request(key(plan.id(), free), RUNBOOK, plan.id(), REPLI, false, facts))
        .run()
        .key();
  }

  private static RunKey key(PlanId plan, int number) {
    return new RunKey("stream-" + plan + "-conflicts-" + number);
  }

  private boolean isAbout(ImportId id, RunKey run) {
    return journal
        .newestMilestone(run, "RUN_REQUESTED")
        .map(JournalEntry::evidence)
        .filter(
            any -> any instanceof Milestone asked && id.value().equals(asked.facts().get(IMPORT)))
        .isPresent();
  }

  /** Once for each run, also when Repli ended behind its start. */
  private void tell(RunKey run, Plan plan, List<TableCount> open) {
    if (journal.newestMilestone(run, HELD).isPresent()) {
      return;
    }
    long changes = open.stream().map(TableCount::counts).mapToLong(ConflictCounts::open).sum();
    String tables =
        open.stream()
                .limit(MOST_TABLES)
                .map(table -> table.table() + " " + table.counts().open())
                .collect(Collectors.joining(", "))
            + (open.size() > MOST_TABLES ? " …" : "");
    String text =
        "The reverse stream holds %d changes (%s): rows of the source are not as the target had them. The way back by replication is closed until people have decided. Answer the task 'Resolve conflicts' of run %s"
            .formatted(changes, tables, run);
    note(OrderStream.journalOf(plan.id()), "STREAM_HOLDS", text, Map.of("run", run.value()));
    note(run, HELD, text, Map.of("message", "changes-held", "changes", Long.toString(changes)));
  }

  private void note(RunKey about, String name, String text, Map<String, String> facts) {
    journal.append(about, new Milestone(name, text, facts));
  }
}
