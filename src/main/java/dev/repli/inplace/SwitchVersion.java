package dev.repli.inplace;

import dev.repli.host.HostCommand;
import dev.repli.host.HostResult;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Step 5: the programs of the release before, by the plan's command. Packages that are replaced
 * half-way leave no server at all, so nothing ends the command, not even the end of Repli: who
 * comes later waits for it, and runs it again unless somebody saw it end well.
 */
final class SwitchVersion implements StepAction {
  /** No abort any more; also known to the rule about aborts. */
  static final String BEGUN = "IN_PLACE_VERSION_SWITCHES";

  /** It ended well. */
  static final String SWITCHED = "IN_PLACE_VERSION_SWITCHED";

  private static final String ABORT_REQUESTED = "ABORT_REQUESTED";
  private static final Duration AT_MOST = Duration.ofMinutes(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Pattern VERSION = Pattern.compile("Ver ([0-9]+\\.[0-9]+\\.[0-9]+)");

  @Override
  public InPlaceStep step() {
    return InPlaceStep.SWITCH_VERSION;
  }

  @Override
  public void perform(Scene scene) {
    scene.watch.progress(0, 0, "running switchBack");
    awaitEnd(scene);
    if (scene.at.isPrevious(version(scene).orElse("")) && !isHalfWay(scene)) {
      return;
    }
    passPointOfNoReturn(scene);
    switchBack(scene);
    String now =
        version(scene)
            .orElseThrow(
                () ->
                    new InPlaceException(
                        "%s: %s does not run after the switch; see %s.said there"
                            .formatted(
                                scene.host.label(), scene.at.machine().server(), scene.at.mark())));
    scene.note(new Measured("version of the program", scene.host.label(), now, ""));
    if (!scene.at.isPrevious(now)) {
      throw new InPlaceException(
          "%s: %s is %s after the switch, not %s"
              .formatted(
                  scene.host.label(),
                  scene.at.machine().server(),
                  now,
                  scene.at.previous().version()));
    }
    scene.note(
        Notes.milestone(SWITCHED, "%s: its programs are %s".formatted(scene.host.label(), now)));
  }

  /** The program may say its new version long before all of it is in place. */
  private static boolean isHalfWay(Scene scene) {
    return isBegun(scene) && scene.journal().newestMilestone(scene.run(), SWITCHED).isEmpty();
  }

  static boolean isBegun(Scene scene) {
    return scene.journal().newestMilestone(scene.run(), BEGUN).isPresent();
  }

  /** A Repli that is gone may have left it running. */
  static void awaitEnd(Scene scene) {
    Duration waited = Duration.ZERO;
    while (isBegun(scene) && scene.files.busy(scene.at.mark())) {
      scene.watch.mine();
      if (waited.compareTo(AT_MOST) > 0) {
        throw new InPlaceException(
            "%s: the switch of the version that was begun %d min ago still runs; see what it waits for, and %s.said"
                .formatted(scene.host.label(), waited.toMinutes(), scene.at.mark()));
      }
      scene.ports.pause.accept(PAUSE);
      waited = waited.plus(PAUSE);
    }
  }

  @Override
  public void rehearse(Scene scene) {
    switchBack(scene);
  }

  private static void switchBack(Scene scene) {
    scene.must(
        HostCommand.acts(AT_MOST, scene.at.previous().switchBack()).toItsEnd(scene.at.mark()),
        "switch back to " + scene.at.previous().version());
  }

  /** Whoever asks for an abort looks for this after writing; so one of both sees the other. */
  private static void passPointOfNoReturn(Scene scene) {
    Milestone milestone =
        Notes.milestone(
            BEGUN,
            "%s: from now on %s takes the place of the newer release"
                .formatted(scene.at.node().label(), scene.at.previous().version()));
    try (Journal.Session journal = scene.journal().open(scene.run())) {
      if (journal.newestMilestone(BEGUN).isEmpty()
          && journal.appendUnless(milestone, List.of(ABORT_REQUESTED), 0).isEmpty()) {
        throw new InPlaceException(
            "an abort was asked for before the version was switched; go back");
      }
    }
  }

  /**
   * Read from the program itself: empty when it does not run, and empty text when it does not say.
   *
   * @throws InPlaceException when nobody can tell
   */
  static Optional<String> version(Scene scene) {
    HostResult said =
        scene.host.run(
            HostCommand.looks(
                Duration.ofMinutes(1),
                List.of(scene.at.machine().server().toString(), "--version")));
    if (said.ending() != HostResult.Ending.EXITED) {
      throw new InPlaceException(scene.host.label() + ": ask for the version: " + said.why());
    }
    Matcher matcher = VERSION.matcher(said.output());
    String version = matcher.find() ? matcher.group(1) : "";
    return said.good() ? Optional.of(version) : Optional.empty();
  }
}
