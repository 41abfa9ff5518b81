package dev.repli.inplace;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupFacts;
import dev.repli.database.NodeSession;
import dev.repli.host.HostCommand;
import dev.repli.journal.Evidence.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Step 6: it answers, refuses writes, and its tables are those of the backup. */
final class StartInPlace implements StepAction {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

  @Override
  public InPlaceStep step() {
    return InPlaceStep.START;
  }

  @Override
  public void perform(Scene scene) {
    scene.watch.progress(0, 0, "starting the server");
    if (scene.answers().isEmpty()) {
      // not under the mark: what runs under it is ended by whoever comes later, but not a server
      start(scene);
    }
    String version = scene.awaitAnswer();
    if (!scene.at.isPrevious(version)) {
      throw new InPlaceException(
          scene.at.node().label() + " answers with " + version + "; stop it, then try again");
    }
    try (NodeSession control = scene.control();
        UpgradedServer server = scene.server()) {
      scene.watch.mine();
      if (control.fence(LOCK_WAIT) instanceof NodeSession.Fence.Blocked) {
        throw new InPlaceException(scene.at.node().label() + " takes writes already; stop traffic");
      }
      // its binary log is new: what stands there was written by the next step, or by strangers
      String position = server.position();
      if (position.isEmpty()) {
        compare(scene, server);
      } else if (scene.journal().newestMilestone(scene.run(), RecoverInPlace.BEGUN).isEmpty()) {
        throw new InPlaceException(
            "somebody wrote on %s between its start and its fence, up to %s: its data are no longer those of the backup"
                .formatted(scene.at.node().label(), position));
      }
    }
  }

  @Override
  public void rehearse(Scene scene) {
    start(scene);
  }

  private static void start(Scene scene) {
    scene.must(
        HostCommand.acts(Duration.ofMinutes(5), scene.at.machine().start()), "start the server");
  }

  private static void compare(Scene scene, UpgradedServer server) {
    Map<String, BackupFacts.Table> wanted = tables(scene);
    List<String> other = new ArrayList<>();
    int compared = 0;
    for (Map.Entry<String, BackupFacts.Table> each : wanted.entrySet()) {
      scene.watch.mine();
      scene.watch.progress(compared++, wanted.size(), "tables compared");
      BackupFacts.Table found = server.tables(List.of(each.getKey())).get(each.getKey());
      if (!each.getValue().equals(found)) {
        other.add("%s was %s and is %s".formatted(each.getKey(), each.getValue(), found));
      }
    }
    if (!other.isEmpty()) {
      throw new InPlaceException(
          "the restored tables are not those of the rehearsal: " + String.join("; ", other));
    }
    scene.note(
        new Measured(
            "tables as in the rehearsal, by rows and checksum",
            scene.at.node().label(),
            String.valueOf(wanted.size()),
            "tables"));
  }

  private static Map<String, BackupFacts.Table> tables(Scene scene) {
    InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
    BackupCatalogue catalogue = new BackupCatalogue(scene.host, scene.at.machine());
    Backup backup =
        catalogue.list().stream()
            .filter(each -> each.path().equals(facts.backup()))
            .findFirst()
            .orElseThrow(() -> new InPlaceException(facts.backup() + " is gone"));
    return catalogue
        .noted(backup)
        .orElseThrow(() -> new InPlaceException(backup.note() + " is gone"))
        .tables();
  }
}
