package dev.repli.inplace;

import dev.repli.inplace.InPlaceFacts.End;
import dev.repli.longwork.WorkOrder;
import java.util.Optional;

/** Step 8: what was written since the upgrade is written again, or given up. */
final class DeltaInPlace implements StepAction {
  static final String GIVEN_UP = "IN_PLACE_DELTA_GIVEN_UP";
  static final String APPLIED = "IN_PLACE_DELTA_APPLIED";

  @Override
  public InPlaceStep step() {
    return InPlaceStep.DELTA;
  }

  @Override
  public void rehearse(Scene scene) {
    InPlaceFacts.end(scene.journal(), scene.run())
        .filter(end -> !givenUp(scene.order))
        .ifPresent(
            end ->
                new Replay(scene)
                    .rehearse(
                        end.newLogs(), InPlaceFacts.read(scene.journal(), scene.run()).upgrade()));
  }

  /** People chose to lose what was written since the upgrade. */
  static boolean givenUp(WorkOrder order) {
    return order.fact("inPlaceDelta").filter("ABANDON"::equals).isPresent();
  }

  @Override
  public void perform(Scene scene) {
    End end =
        InPlaceFacts.end(scene.journal(), scene.run())
            .orElseThrow(
                () -> new InPlaceException("nobody knows where the upgraded server ended"));
    String where = scene.at.node().label();
    Optional<RecoveryEnd> chosen = RecoveryEnd.read(scene.journal(), scene.run());
    if (givenUp(scene.order)) {
      scene.note(
          Notes.milestone(
              GIVEN_UP,
              "%s: what was written from %s to %s is given up; it stays in %s"
                  .formatted(
                      where,
                      chosen.map(RecoveryEnd::toString).orElse("the upgrade"),
                      end.position(),
                      scene.kept())));
      return;
    }
    if (chosen.isPresent()) {
      throw new InPlaceException(
          "what was written since the upgrade builds on what came after %s and is given up; it is not written again without that"
              .formatted(chosen.get()));
    }
    InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
    // what was given up once stays so: the server has to stand there when it is opened
    boolean noted = DeltaRest.read(scene.journal(), scene.run()).isPresent();
    if ((noted || GiveUpRest.wanted(scene)) && GiveUpRest.perform(scene, facts, end)) {
      return;
    }
    new Replay(scene).exactlyTo(end.newLogs(), 4, facts.start().gtid(), end.position());
    scene.note(
        Notes.milestone(
            APPLIED, where + " has what was written from the upgrade to " + end.position()));
  }
}
