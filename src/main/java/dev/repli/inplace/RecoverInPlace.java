package dev.repli.inplace;

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
    new Replay(scene)
        .upTo(facts.oldLogs(), facts.start().offset(), facts.start().gtid(), facts.upgrade());
    scene.note(
        Notes.milestone(
            RECOVERED,
            "%s is as it was at the upgrade: %s"
                .formatted(scene.at.node().label(), facts.upgrade())));
  }
}
