package dev.repli.inplace;

import dev.repli.backup.BackupTools;
import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.host.Allowed;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostFiles;
import dev.repli.host.HostLog;
import dev.repli.host.HostResult;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkWatch;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step at work: its node, its machine, its run. Every act goes into the journal. The account is
 * the plan's for copying, if it has one: writing everything again needs the rights of everybody.
 */
final class Scene implements AutoCloseable {
  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(500);
  final InPlacePorts ports;
  final WorkOrder order;
  final WorkWatch watch;
  final InPlaceNode at;
  final Host host;
  final HostFiles files;
  private final ActLog statements;
  private @Nullable DataPlace place;

  Scene(InPlacePorts ports, WorkOrder order, WorkWatch watch) {
    this.ports = ports;
    this.order = order;
    this.watch = watch;
    this.at =
        InPlaceNode.of(order.plan().forCopying())
            .orElseThrow(
                () ->
                    new InPlaceException(
                        "the plan names no machine with backups and a previous release; add them"));
    this.statements =
        (node, statement, took, outcome) -> note(new StatementRun(node, statement, took, outcome));
    this.host = session();
    this.files = new HostFiles(host);
  }

  RunKey run() {
    return order.run();
  }

  Journal journal() {
    return ports.journal;
  }

  /**
   * A milestone that is the newest of its name already is not written again: a step that was killed
   * between its line and the engine's commit is done a second time.
   */
  void note(Evidence evidence) {
    if (!(evidence instanceof Milestone milestone)) {
      ports.journal.append(run(), evidence);
      return;
    }
    Milestone line = order.dryRun() ? pretended(milestone) : milestone;
    boolean stands =
        ports
            .journal
            .newestMilestone(run(), line.name())
            .filter(entry -> entry.evidence().equals(line))
            .isPresent();
    if (!stands) {
      ports.journal.append(run(), line);
    }
  }

  private static Milestone pretended(Milestone milestone) {
    return new Milestone(milestone.name(), "dry run: " + milestone.text(), milestone.facts());
  }

  /** Where the data directory really is. */
  DataPlace place() {
    DataPlace known = place;
    if (known == null) {
      known = DataPlace.of(this);
      place = known;
    }
    return known;
  }

  Path kept() {
    return place().kept(run().value());
  }

  /** What could not be written again, as statements. */
  Path rest() {
    return at.rest(run().value());
  }

  Path restored() {
    return place().restored(run().value());
  }

  /**
   * In a mount point the server lists it as a database, and whoever asks for all tables would fail
   * at a directory that the server may not read.
   */
  void makeServersDirectory(Path directory) {
    files.makeDirectory(directory, "700", at.machine().owner());
  }

  /** Beside the restored directory once it is whole. */
  Path whole() {
    return restored().resolveSibling(restored().getFileName() + ".whole");
  }

  /** Another session of the machine; the caller closes it. */
  Host session() {
    Allowed allowed =
        BackupTools.allowed(at.machine())
            .command(at.machine().stop())
            .command(at.machine().start())
            .command(at.previous().switchBack());
    HostLog log =
        (where, command, took, outcome) -> note(new CommandRun(where, command, took, outcome));
    return new WatchedHost(
        order.dryRun()
            ? ports.hosts.rehearse(at.machine().access(), allowed, log)
            : ports.hosts.connect(at.machine().access(), allowed, log),
        watch);
  }

  KeptFence fence() {
    return new KeptFence(at, files);
  }

  /** A command that has to work. */
  HostResult must(HostCommand command, String doing) {
    HostResult result = host.run(command, Host.Streams.KEPT, new Cancellation());
    if (!result.good()) {
      throw new InPlaceException(host.label() + ": " + doing + ": " + result.why());
    }
    return result;
  }

  UpgradedServer server() {
    return ports.servers.connect(at.node(), statements);
  }

  NodeSession control() {
    Databases databases =
        order.dryRun()
            ? ports.databases.dryRun(act -> note(Notes.planned(act.node(), act.statement())))
            : ports.databases;
    return databases.connect(at.node(), order.plan().budgets().lease(), statements);
  }

  /** Its version; empty when it does not answer. */
  Optional<String> answers() {
    try (UpgradedServer server = server()) {
      return Optional.of(server.version());
    } catch (NodeException down) {
      return Optional.empty();
    }
  }

  /** Its version, waited for. */
  String awaitAnswer() {
    Duration waited = Duration.ZERO;
    while (true) {
      Optional<String> version = answers();
      if (version.isPresent()) {
        return version.get();
      }
      watch.mine();
      if (waited.compareTo(ANSWERS_WITHIN) > 0) {
        throw new InPlaceException(
            at.node().label()
                + " does not answer "
                + ANSWERS_WITHIN.toMinutes()
                + " min after its start");
      }
      ports.pause.accept(PAUSE);
      waited = waited.plus(PAUSE);
    }
  }

  @Override
  public void close() {
    host.close();
  }
}
