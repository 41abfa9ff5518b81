package dev.repli.inplace;

import dev.repli.journal.Evidence.Measured;
import dev.repli.rollback.Finding;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Step 1: whether this way is open, the backup and the binary logs read. Changes nothing. */
final class InspectInPlace implements StepAction {
  @Override
  public InPlaceStep step() {
    return InPlaceStep.INSPECT;
  }

  @Override
  public void perform(Scene scene) {
    if (scene.journal().newestMilestone(scene.run(), InPlaceFacts.FOUND).isPresent()
        && scene.files.exists(scene.kept())) {
      return; // it was looked at, and the directories have changed places since
    }
    try (UpgradedServer server = scene.server()) {
      AtomicLong read = new AtomicLong();
      Optional<InPlaceLook.Reading> reading =
          scene.order.dryRun()
              ? Optional.empty()
              : Optional.of(
                  new InPlaceLook.Reading(
                      scene.watch.cancellation(),
                      backup -> {
                        scene.watch.progress(0, backup.bytes(), "bytes of the backup");
                        read.set(backup.bytes());
                      }));
      InPlaceLook.Seen seen = new InPlaceLook(scene.at, scene.host, server).look(reading);
      for (Finding finding : seen.findings().all()) {
        scene.note(
            new Measured(
                finding.what(), finding.where(), finding.found(), finding.verdict().name()));
      }
      InPlaceFacts facts =
          seen.facts().orElseThrow(() -> new InPlaceException(seen.findings().problems()));
      if (!scene.order.dryRun()) {
        new LogReading(scene, server).all(facts, read.get());
      }
      scene.note(DataPlace.look(scene.at, scene.files).milestone(scene.at.node().label()));
      scene.note(facts.milestone(scene.at.node().label()));
    }
  }
}
