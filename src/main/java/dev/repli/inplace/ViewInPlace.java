package dev.repli.inplace;

import static dev.repli.rollback.EvidenceTable.plain;
import static dev.repli.rollback.EvidenceTable.warning;

import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupFacts;
import dev.repli.host.Cancellation;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks the run's journal, the machine and the server. */
@Component
final class ViewInPlace implements InPlaceView {
  private final InPlacePorts ports;
  private final EarlierClosedTime earlier;

  ViewInPlace(InPlacePorts ports, EarlierClosedTime earlier) {
    this.ports = ports;
    this.earlier = earlier;
  }

  @Override
  public Shown show(RunKey run, Plan plan) {
    try (Scene scene = scene(run, plan);
        UpgradedServer server = scene.server()) {
      InPlaceFacts facts = InPlaceFacts.read(ports.journal, run);
      return new Shown(scene.at.node().address().toString(), text(scene, server, facts));
    }
  }

  @Override
  public Choice chosen(RunKey run, Plan plan, String delta) {
    try (Scene scene = scene(run, plan);
        UpgradedServer server = scene.server()) {
      InPlaceFacts facts = InPlaceFacts.read(ports.journal, run);
      Optional<RecoveryEnd> end = RecoveryEnd.read(ports.journal, run);
      long since = Gtids.between(facts.upgrade(), server.position());
      String rows =
          """
          | recovery ends at | %s |
          | **given up from there to the upgrade** | **%d transactions** |
          | **given up of those since the upgrade** | **%s** |
          """
              .formatted(
                  plain(end.map(RecoveryEnd::toString).orElse("the upgrade")),
                  end.map(RecoveryEnd::givenUp).orElse(0L),
                  delta.equals("ABANDON")
                      ? "all: " + since + " transactions, and what comes until the stop"
                      : "none");
      return new Choice(
          end.map(found -> "up to " + found).orElse("up to the upgrade"),
          time(
              proof(scene, facts),
              end.map(RecoveryEnd::before)
                      .orElseGet(() -> Gtids.between(facts.start().gtid(), facts.upgrade()))
                  + (delta.equals("ABANDON") ? 0 : since),
              earlier.words(plan)),
          text(scene, server, facts) + rows);
    }
  }

  @Override
  public Rest rest(RunKey run, Plan plan) {
    try (Scene scene = scene(run, plan)) {
      InPlaceFacts.End end =
          InPlaceFacts.end(ports.journal, run)
              .orElseThrow(
                  () -> new InPlaceException("nobody knows where the upgraded server ended"));
      DeltaRest rest = DeltaRest.of(scene, InPlaceFacts.read(ports.journal, run), end);
      return new Rest(
          true,
          """
          | | |
          | --- | --- |
          | written since the upgrade | %d transactions |
          | written again, up to %s | %d transactions |
          | **not written again: what was refused and all after it** | **%d transactions** |
          | they would be kept in | %s on %s |
          """
              .formatted(
                  rest.all(),
                  plain(rest.stands()),
                  rest.applied(),
                  rest.givenUp(),
                  plain(rest.file().toString()),
                  plain(scene.host.label())));
    }
  }

  private static String text(Scene scene, UpgradedServer server, InPlaceFacts facts) {
    String taken =
        proof(scene, facts)
            .map(proof -> "restored in a rehearsal at %s".formatted(proof.restoredAt()))
            .orElse("its proof is gone");
    return """
        | | |
        | --- | --- |
        | node | %s |
        | release now | %s |
        | release after it | %s |
        | backup | %s, %s |
        | from the backup to the upgrade | %d transactions in %d binary logs |
        | **written since the upgrade** | **%d transactions** |
        | binary logs | %s |
        | **changes of tables, accounts and their like since the upgrade** | %s |
        | today's data are kept in | %s |
        """
        .formatted(
            plain(scene.at.node().label()),
            plain(server.version()),
            plain(scene.at.previous().version()),
            plain(facts.backup().toString()),
            taken,
            Gtids.between(facts.start().gtid(), facts.upgrade()),
            facts.oldLogs().size(),
            Gtids.between(facts.upgrade(), server.position()),
            LogReading.newest(scene).map(ViewInPlace::words).orElse("not read through"),
            LogReading.newest(scene).map(ViewInPlace::ddl).orElse("not known"),
            plain(scene.kept().toString()));
  }

  private static String words(LogReading.Read read) {
    return read.damage().isEmpty()
        ? "read through and undamaged up to " + plain(read.log() + ":" + read.offset())
        : "**what was written since the upgrade can only be given up:** " + warning(read.damage());
  }

  /** Measured is only what a rehearsal does, too. */
  private static String time(Optional<BackupFacts> proof, long transactions, String closed) {
    return """
        the restore while the server still serves: %s. Then **nobody can write**%s: stop, switch of the version, start, %s counted and compared with the \
        backup, and %d transactions written again"""
        .formatted(
            proof
                .flatMap(BackupFacts::took)
                .map(took -> InPlaceWay.seconds(took) + " in its rehearsal")
                .orElse("not known"),
            closed,
            proof.map(BackupFacts::tables).map(Map::size).map(n -> n + " tables").orElse("all"),
            transactions);
  }

  private static String ddl(LogReading.Read read) {
    return read.ddl() == 0
        ? "none"
        : """
          **%d**, the first: %s. **Risk when they are written again:** a table or column that \
          names no collation silently gets the default one of the release before, and sorts and \
          compares otherwise than now"""
            .formatted(read.ddl(), warning(read.ddlFirst()));
  }

  private static Optional<BackupFacts> proof(Scene scene, InPlaceFacts facts) {
    BackupCatalogue catalogue = new BackupCatalogue(scene.host, scene.at.machine());
    return catalogue.list().stream()
        .filter(backup -> backup.path().equals(facts.backup()))
        .findFirst()
        .flatMap(catalogue::noted);
  }

  @Override
  public Optional<String> whyNotUndone(RunKey run, Plan plan) {
    try (Scene scene = scene(run, plan)) {
      return UndoInPlace.refusal(scene);
    }
  }

  private Scene scene(RunKey run, Plan plan) {
    return new Scene(ports, new WorkOrder(run, plan, false, Map.of()), new Looking());
  }

  /** Nobody waits for it, and it is over at once. */
  private static final class Looking implements WorkWatch {
    private final Cancellation never = new Cancellation();

    @Override
    public Cancellation cancellation() {
      return never;
    }

    @Override
    public void progress(long done, long of, String unit) {}

    @Override
    public void mine() {}
  }
}
