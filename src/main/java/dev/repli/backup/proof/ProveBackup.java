package dev.repli.backup.proof;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupFacts;
import dev.repli.backup.BackupRehearsal;
import dev.repli.backup.BackupState;
import dev.repli.backup.BackupTools;
import dev.repli.host.Host;
import dev.repli.host.HostLog;
import dev.repli.host.Hosts;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.run.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Proves one backup for a run, and writes down what was seen. */
@Component
public final class ProveBackup {
  private static final String NOT_PROVED = "backup-not-proved";
  private final Hosts hosts;
  private final Journal journal;
  private final BackupChoice choice;
  private final Clock clock;

  @Autowired
  ProveBackup(
      Hosts hosts, Journal journal, ObjectProvider<Runs> runs, ObjectProvider<Clock> clock) {
    this(hosts, journal, runs::getObject, clock.getIfAvailable(Clock::systemUTC));
  }

  ProveBackup(Hosts hosts, Journal journal, Supplier<Runs> runs, Clock clock) {
    this.hosts = hosts;
    this.journal = journal;
    this.choice = new BackupChoice(journal, runs, clock);
    this.clock = clock;
  }

  /**
   * Chooses a backup, restores it, and ends with a {@link ProofResult} in the journal; done already
   * is done.
   *
   * @throws RuntimeException when the machine could not do it, which says nothing of the backup
   */
  public WorkResult perform(WorkOrder order, WorkWatch watch) {
    if (ProofResult.of(journal, order.run()).isPresent()) {
      return new WorkResult.Done();
    }
    try {
      Bench bench = new Bench(order, watch);
      bench.prove();
      return new WorkResult.Done();
    } catch (WorkLostException lost) {
      throw lost;
    } catch (RuntimeException e) {
      watch.mine();
      note(
          order,
          ProofResult.FAILED,
          "No backup could be proved: " + e.getMessage(),
          Map.of("message", NOT_PROVED));
      throw e;
    }
  }

  /** Ends what an interrupted proof may have left, and removes what it restored. */
  public WorkResult clear(WorkOrder order, WorkWatch watch) {
    Bench bench = new Bench(order, watch);
    try {
      bench.begun().ifPresent(backup -> bench.rehearsal().clear(backup));
      return new WorkResult.Done();
    } catch (WorkLostException lost) {
      throw lost;
    } catch (RuntimeException e) {
      String text =
          "What the proof has restored into %s may be there still: %s; remove it by hand, or let the same backup be proved again"
              .formatted(bench.scratch(), e.getMessage());
      note(order, "BACKUP_SCRATCH_LEFT", text, Map.of());
      return new WorkResult.Failed(text);
    }
  }

  private void note(WorkOrder order, String name, String text, Map<String, String> facts) {
    journal.append(
        order.run(), new Milestone(name, (order.dryRun() ? "dry run: " : "") + text, facts));
  }

  /** One proof on one machine. */
  private final class Bench {
    private final WorkOrder order;
    private final WorkWatch watch;
    private final Node node;
    private final Machine machine;

    Bench(WorkOrder order, WorkWatch watch) {
      this.order = order;
      this.watch = watch;
      this.node = order.plan().upgradedInPlace().orElseThrow(Bench::notPlanned);
      this.machine = node.machine().orElseThrow(Bench::notPlanned);
    }

    private static IllegalStateException notPlanned() {
      return new IllegalStateException(
          "the plan names no machine with backups and a previous release; add them");
    }

    Path scratch() {
      return machine.backups().orElseThrow().scratch();
    }

    BackupRehearsal rehearsal() {
      return new BackupRehearsal(this::session, machine, clock);
    }

    private Host session() {
      HostLog log =
          (where, command, took, outcome) ->
              journal.append(order.run(), new CommandRun(where, command, took, outcome));
      return new OwnHost(
          order.dryRun()
              ? hosts.rehearse(machine.access(), BackupTools.allowed(machine), log)
              : hosts.connect(machine.access(), BackupTools.allowed(machine), log),
          watch);
    }

    /** What this run has chosen before, if it is still there. */
    Optional<Backup> begun() {
      String name =
          ProofResult.facts(journal, order.run(), BackupChoice.CHOSEN)
              .getOrDefault(BackupChoice.BACKUP, "");
      try (Host host = session()) {
        return new BackupCatalogue(host, machine)
            .list().stream().filter(backup -> backup.name().equals(name)).findFirst();
      }
    }

    void prove() {
      BackupChoice.Choice chosen;
      Optional<BackupFacts> noted;
      try (Host host = session()) {
        BackupCatalogue catalogue = new BackupCatalogue(host, machine);
        chosen = choice.choose(order, catalogue);
        noted = chosen.backup().flatMap(catalogue::noted);
      }
      if (chosen.backup().isEmpty()) {
        nothing(chosen);
        return;
      }
      Backup backup = chosen.backup().get();
      Optional<Instant> chosenAt = choice.chosenAt(order.run(), backup);
      if (chosenAt.isEmpty()) {
        watch.mine();
        journal.append(order.run(), BackupChoice.milestone(backup));
      }
      if (order.dryRun()) {
        rehearsal().writeDown(backup);
        return;
      }
      // its note is the last thing that a proof does: killed behind it, it is done
      Optional<BackupFacts> own =
          noted.filter(
              facts -> chosenAt.filter(at -> !facts.restoredAt().isBefore(at)).isPresent());
      if (own.isPresent()) {
        rehearsal().clear(backup);
        proved(backup, own.get());
      } else {
        judge(backup);
      }
    }

    private void judge(Backup backup) {
      BackupState state =
          rehearsal()
              .prove(
                  backup,
                  watch.cancellation(),
                  parts -> watch.progress(parts, BackupRehearsal.Progress.PARTS, "parts"));
      watch.mine();
      if (state instanceof BackupState.Proved proved) {
        proved(backup, proved.facts());
      } else if (state instanceof BackupState.Refused refused) {
        refused(backup, refused.why());
      }
    }

    private void refused(Backup backup, String why) {
      if (why.contains("No space left on device")) {
        throw new IllegalStateException(
            "%s: %s; make room in %s, which says nothing of the backup"
                .formatted(node.label(), why, scratch()));
      }
      Map<String, String> facts = new HashMap<>(BackupChoice.facts(backup));
      facts.put("why", why);
      facts.put("message", NOT_PROVED);
      note(
          order,
          ProofResult.REFUSED.milestone(),
          "Backup %s of %s must not be used: %s".formatted(backup.name(), node.label(), why),
          facts);
    }

    private void nothing(BackupChoice.Choice chosen) {
      ProofResult result = chosen.wanted() ? ProofResult.REFUSED : ProofResult.NONE;
      note(
          order,
          result.milestone(),
          "No backup of %s is proved by this run: %s".formatted(node.label(), chosen.why()),
          Map.of("why", chosen.why(), "message", NOT_PROVED));
    }

    private void proved(Backup backup, BackupFacts seen) {
      Map<String, String> facts = new HashMap<>(BackupChoice.facts(backup));
      long rows = seen.tables().values().stream().mapToLong(BackupFacts.Table::rows).sum();
      facts.put("serverVersion", seen.serverVersion());
      facts.put("position", seen.start().toString());
      facts.put("checksum", seen.checksum());
      facts.put("tables", String.valueOf(seen.tables().size()));
      facts.put("rows", String.valueOf(rows));
      seen.took().ifPresent(took -> facts.put("tookMs", String.valueOf(took.toMillis())));
      note(
          order,
          ProofResult.PROVED.milestone(),
          "Backup %s of %s was restored%s: MariaDB %s at %s, %d tables with %d rows"
              .formatted(
                  backup.name(),
                  node.label(),
                  seen.took()
                      .map(took -> " in " + (took.toMillis() + 999) / 1000 + " s")
                      .orElse(""),
                  seen.serverVersion(),
                  seen.start(),
                  seen.tables().size(),
                  rows),
          facts);
    }
  }
}
