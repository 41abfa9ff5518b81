package dev.repli.inplace;

import java.util.List;
import java.util.Optional;

/** Step 7: everything from the backup to the upgrade is written again. */
final class RecoverInPlace implements StepAction {
  static final String RECOVERED = "IN_PLACE_RECOVERED";

  /** From now on it writes what the logs hold, and its position says how far. */
  static final String BEGUN = "IN_PLACE_RECOVERY_BEGUN";

  @Override
  public InPlaceStep step() {
    return InPlaceStep.RECOVER;
  }

  @Override
  public void rehearse(Scene scene) {
    InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
    new Replay(scene).rehearse(facts.oldLogs(), String.valueOf(facts.start().offset()));
  }

  @Override
  public void perform(Scene scene) {
    if (scene.journal().newestMilestone(scene.run(), RECOVERED).isPresent()) {
      return; // the next step may have gone beyond it
    }
    scene.note(
        Notes.milestone(BEGUN, scene.at.node().label() + " gets what came after the backup"));
    InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
    Optional<RecoveryEnd> chosen = RecoveryEnd.read(scene.journal(), scene.run());
    chosen.ifPresentOrElse(
        end -> new Replay(scene).before(logs(facts, end), first(facts), backup(facts), end),
        () ->
            new Replay(scene).upTo(facts.oldLogs(), first(facts), backup(facts), facts.upgrade()));
    scene.note(
        Notes.milestone(
            RECOVERED,
            "%s is as it was at %s"
                .formatted(
                    scene.at.node().label(),
                    chosen
                        .map(end -> end + ", as people chose")
                        .orElse("the upgrade: " + facts.upgrade()))));
  }

  private static long first(InPlaceFacts facts) {
    return facts.start().offset();
  }

  private static String backup(InPlaceFacts facts) {
    return facts.start().gtid();
  }

  /** Its offset counts in the last one. */
  private static List<String> logs(InPlaceFacts facts, RecoveryEnd end) {
    return facts.oldLogs().subList(0, facts.oldLogs().indexOf(end.file()) + 1);
  }
}
