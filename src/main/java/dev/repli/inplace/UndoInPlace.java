package dev.repli.inplace;

import dev.repli.database.NodeSession;
import dev.repli.host.HostCommand;
import java.time.Duration;
import java.util.Optional;

/** Puts today's directory back and starts today's release, as long as that is still there. */
final class UndoInPlace {
  static final String UNDONE = "IN_PLACE_UNDONE";
  private static final Duration AT_MOST = Duration.ofMinutes(5);
  private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

  private UndoInPlace() {}

  static void perform(Scene scene) {
    if (SwitchVersion.isBegun(scene)) {
      SwitchVersion.awaitEnd(scene); // never ended half-way
    } else {
      scene.files.end(scene.at.mark());
    }
    Optional<String> refusal = refusal(scene);
    if (refusal.isPresent()) {
      throw new InPlaceException(refusal.get());
    }
    boolean stopped = scene.journal().newestMilestone(scene.run(), StopInPlace.BEGUN).isPresent();
    if (stopped) {
      serveAgain(scene);
    }
    scene.files.delete(scene.restored());
    scene.files.delete(scene.whole());
    scene.note(
        Notes.milestone(
            UNDONE,
            scene.at.node().label()
                + (stopped
                    ? " serves again, nothing lost"
                        + (StopInPlace.wasFenced(scene) ? "; it refuses writes, as before" : "")
                    : " served all the time")));
  }

  /** Why it is too late; empty when it is not. */
  static Optional<String> refusal(Scene scene) {
    if (SwitchVersion.isBegun(scene) && scene.files.busy(scene.at.mark())) {
      return Optional.of("the version is being switched right now; go on with the rollback");
    }
    Optional<String> version = SwitchVersion.version(scene);
    if (version.isEmpty()) {
      return Optional.of(
          "%s does not run, so the newer release cannot start; go on with the rollback, which switches the version again, or mend its packages"
              .formatted(scene.at.machine().server()));
    }
    return version
        .filter(scene.at::isPrevious)
        .map(
            previous ->
                "the release before is in place already, and would damage the data of the newer"
                    + " one; go on with the rollback");
  }

  private static void serveAgain(Scene scene) {
    if (scene.files.exists(scene.kept())) {
      StopInPlace.notOnWhatIsRenamed(scene);
      scene.place().mustBeAsFound(scene);
      DataSwap.of(scene).takeBack();
    }
    if (scene.answers().isEmpty()) {
      scene.must(HostCommand.acts(AT_MOST, scene.at.machine().start()), "start the server");
    }
    String unused = scene.awaitAnswer();
    try (NodeSession control = scene.control()) {
      boolean open = !StopInPlace.wasFenced(scene);
      if (open) {
        OtherSide.mustNotWrite(scene);
      }
      scene.watch.mine();
      if (open) {
        control.open();
      } else if (control.fence(LOCK_WAIT) instanceof NodeSession.Fence.Blocked) {
        // what somebody had set at run time is gone with the restart
        throw new InPlaceException(
            "%s refused writes before and cannot be made to again: somebody holds locks; end what runs there, then try again"
                .formatted(scene.at.node().label()));
      }
      if (StopInPlace.eventsWereOn(scene)) {
        control.events(true);
      }
      // last: a file that cannot be written must not keep the applications out
      scene.fence().keep(control, !open);
    }
    Traffic.AGAIN.apply(scene);
    ClosedTime.ended(scene);
  }
}
