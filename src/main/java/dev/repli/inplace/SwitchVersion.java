package dev.repli.inplace;

import dev.repli.host.HostCommand;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Step 5: the programs of the release before, by the plan's command. */
final class SwitchVersion implements StepAction {
  /** No abort any more; also known to the rule about aborts. */
  static final String BEGUN = "IN_PLACE_VERSION_SWITCHES";

  private static final String ABORT_REQUESTED = "ABORT_REQUESTED";
  private static final Duration AT_MOST = Duration.ofMinutes(30);
  private static final Pattern VERSION = Pattern.compile("Ver ([0-9]+\\.[0-9]+\\.[0-9]+)");

  @Override
  public InPlaceStep step() {
    return InPlaceStep.SWITCH_VERSION;
  }

  @Override
  public void perform(Scene scene) {
    if (scene.at.isPrevious(version(scene))) {
      return;
    }
    passPointOfNoReturn(scene);
    switchBack(scene);
    String now = version(scene);
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
  }

  @Override
  public void rehearse(Scene scene) {
    switchBack(scene);
  }

  private static void switchBack(Scene scene) {
    scene.must(
        HostCommand.acts(AT_MOST, scene.at.previous().switchBack()).marked(scene.at.mark()),
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

  /** Read from the program itself; empty text when it does not say. */
  static String version(Scene scene) {
    String said =
        scene
            .must(
                HostCommand.looks(
                    Duration.ofMinutes(1),
                    List.of(scene.at.machine().server().toString(), "--version")),
                "ask for the version")
            .output();
    Matcher matcher = VERSION.matcher(said);
    return matcher.find() ? matcher.group(1) : "";
  }
}
