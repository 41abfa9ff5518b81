package dev.repli.backup.proof;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.longwork.WorkOrder;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which backup a run proves: the one that was asked for, else the newest that has no proof and was
 * not refused before. What it chose stands in its journal, so that a run that is begun again proves
 * the same.
 */
final class BackupChoice {
  /** Fact of a run's request, and of its milestones. */
  static final String BACKUP = "backup";

  static final String CHOSEN = "BACKUP_CHOSEN";
  private static final String CHANGED = "changedAt";

  /** Runs of a plan that are looked through for what they refused. */
  private static final int RUNS = 100;

  /** What is written for hours changes all the time. */
  private static final Duration STILL_WRITTEN = Duration.ofMinutes(10);

  private final Clock clock;
  private final Journal journal;
  private final Supplier<Runs> runs;

  BackupChoice(Journal journal, Supplier<Runs> runs, Clock clock) {
    this.clock = clock;
    this.journal = journal;
    this.runs = runs;
  }

  /** A backup, or why there is none. */
  record Choice(Optional<Backup> backup, boolean wanted, String why) {}

  Choice choose(WorkOrder order, BackupCatalogue catalogue) {
    List<Backup> all = catalogue.list();
    Optional<String> named = order.fact(BACKUP);
    if (named.isPresent()) {
      Optional<Backup> found = named(all, named.get());
      return new Choice(found, true, found.isPresent() ? "" : missing(named.get(), all));
    }
    Set<String> refused = refused(order);
    Set<String> written = written(order, all);
    Optional<Backup> chosen =
        named(all, before(order.run()))
            .or(
                () ->
                    all.stream()
                        .filter(backup -> !written.contains(identity(backup)))
                        .filter(backup -> catalogue.noted(backup).isEmpty())
                        .filter(backup -> !refused.contains(identity(backup)))
                        .findFirst());
    return new Choice(chosen, false, chosen.isPresent() ? "" : none(all, refused, written));
  }

  /** Those that may still be written; who asks by hand knows what there is. */
  private Set<String> written(WorkOrder order, List<Backup> all) {
    boolean scheduled =
        runs.get()
            .find(order.run())
            .filter(run -> run.requestedBy().equals(BackupSchedule.BY))
            .isPresent();
    Instant since = clock.instant().minus(STILL_WRITTEN);
    return scheduled
        ? all.stream()
            .filter(backup -> backup.changedAt().isAfter(since))
            .map(BackupChoice::identity)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private String before(RunKey run) {
    return ProofResult.facts(journal, run, CHOSEN).getOrDefault(BACKUP, "");
  }

  /** When this run has chosen it; empty when it chose another, or none yet. */
  Optional<Instant> chosenAt(RunKey run, Backup backup) {
    return before(run).equals(backup.name())
        ? journal.newestMilestone(run, CHOSEN).map(JournalEntry::at)
        : Optional.empty();
  }

  static Milestone milestone(Backup backup) {
    return new Milestone(
        CHOSEN,
        "%s of %s is to be proved (%d MB)"
            .formatted(backup.name(), backup.changedAt(), backup.bytes() >> 20),
        facts(backup));
  }

  static Map<String, String> facts(Backup backup) {
    return Map.of(BACKUP, backup.name(), CHANGED, backup.changedAt().toString());
  }

  private static Optional<Backup> named(List<Backup> all, String name) {
    return all.stream().filter(backup -> backup.name().equals(name)).findFirst();
  }

  /** Those that were refused and not touched since. */
  private Set<String> refused(WorkOrder order) {
    Set<String> names = new HashSet<>();
    for (Runs.Run run : runs.get().newestReal(order.plan().id(), BackupSchedule.RUNBOOK, RUNS)) {
      Map<String, String> facts =
          ProofResult.facts(journal, run.key(), ProofResult.REFUSED.milestone());
      names.add(facts.get(BACKUP) + "\n" + facts.get(CHANGED));
    }
    return names;
  }

  private static String identity(Backup backup) {
    return backup.name() + "\n" + backup.changedAt();
  }

  private static String missing(String name, List<Backup> all) {
    String there =
        all.isEmpty()
            ? "there is none at all"
            : "the newest are "
                + String.join(", ", all.stream().limit(5).map(Backup::name).toList());
    return "no backup is called %s; %s".formatted(name, there);
  }

  private static String none(List<Backup> all, Set<String> refused, Set<String> written) {
    if (all.isEmpty()) {
      return "there is no backup at all; take one, or correct machine.backups.directory in the plan";
    }
    long fresh = written.stream().filter(any -> !refused.contains(any)).count();
    long bad = all.stream().filter(backup -> refused.contains(identity(backup))).count();
    return "of %d backups %d are proved and %d were refused%s; take another one"
        .formatted(
            all.size(),
            all.size() - bad - fresh,
            bad,
            fresh == 0 ? "" : ", %d changed within the last 10 min".formatted(fresh));
  }
}
