package dev.repli.inplace;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Fence;
import dev.repli.host.HostCommand;
import dev.repli.inplace.UpgradedServer.BinaryLog;
import dev.repli.journal.Evidence.Milestone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Step 3: no writes any more, then no server any more. */
final class StopInPlace implements StepAction {
  /** From now on an undo has to let the node serve again. */
  static final String BEGUN = "IN_PLACE_STOP_BEGUN";

  private static final String EVENTS = "events";
  private static final String FENCED = "fenced";

  private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
  private static final Duration AT_MOST = Duration.ofMinutes(5);

  @Override
  public InPlaceStep step() {
    return InPlaceStep.STOP;
  }

  @Override
  public void perform(Scene scene) {
    if (scene.files.exists(scene.kept())) {
      return; // today's directory was put aside, which only follows a stop
    }
    if (scene.answers().isPresent()) {
      requireReadableLogs(scene);
      fence(scene);
      Traffic.STOPPED.apply(scene);
      noteEnd(scene);
    } else if (InPlaceFacts.end(scene.journal(), scene.run()).isEmpty()) {
      throw new InPlaceException(
          scene.at.node().label()
              + " does not answer, so nobody knows what it wrote last; start it, then try again");
    }
    stopForSure(scene);
  }

  private static void stopForSure(Scene scene) {
    stop(scene);
    if (scene.answers().isPresent()) {
      throw new InPlaceException(
          scene.at.node().label() + " still answers after " + scene.at.machine().stop().get(0));
    }
  }

  /**
   * A server goes on in its directory under whatever name that gets. It may have come back: a
   * machine that was restarted, a script of a package.
   */
  static void notOnWhatIsRenamed(Scene scene) {
    if (scene.answers().isPresent()) {
      stopForSure(scene);
    }
  }

  @Override
  public void rehearse(Scene scene) {
    fence(scene);
    Traffic.STOPPED.apply(scene);
    noteEnd(scene);
    stop(scene);
  }

  private static void stop(Scene scene) {
    scene.must(HostCommand.acts(AT_MOST, scene.at.machine().stop()), "stop the server");
  }

  private static void fence(Scene scene) {
    try (NodeSession control = scene.control()) {
      requireLogs(scene);
      NodeSession.Facts now = control.look();
      boolean again = scene.journal().newestMilestone(scene.run(), BEGUN).isPresent();
      begin(
          scene, now.eventsOn() || eventsWereOn(scene), again ? wasFenced(scene) : now.readOnly());
      scene.watch.mine();
      // first: where the file cannot be written, nobody has been kept out yet
      scene.fence().keep(control, true);
      if (!now.readOnly()) {
        ClosedTime.begins(scene);
      }
      if (control.fence(LOCK_WAIT) instanceof Fence.Blocked blocked) {
        throw new InPlaceException(
            scene.at.node().label()
                + " cannot be fenced, running writes are in the way: "
                + blocked.blockers().stream()
                    .map(b -> "session " + b.sessionId() + " of " + b.user() + "@" + b.host())
                    .collect(Collectors.joining(", ")));
      }
    }
  }

  /** What was written since they were read, while it still serves. */
  private static void requireReadableLogs(Scene scene) {
    if (DeltaInPlace.givenUp(scene.order)) {
      return;
    }
    requireLogs(scene);
    try (UpgradedServer server = scene.server()) {
      new LogReading(scene, server)
          .rest()
          .ifPresent(
              damage -> {
                throw new InPlaceException(
                    damage
                        + ". What was written since the upgrade cannot be written again without it."
                        + " Nothing was stopped: go back, and give it up in the next attempt");
              });
    }
  }

  /** Hours may have passed since they were seen, and nothing is lost yet. */
  private static void requireLogs(Scene scene) {
    try (UpgradedServer server = scene.server()) {
      List<String> all = server.logs().stream().map(BinaryLog::name).toList();
      List<String> gone =
          new ArrayList<>(InPlaceFacts.read(scene.journal(), scene.run()).oldLogs());
      gone.removeAll(all);
      if (!gone.isEmpty()) {
        throw new InPlaceException(
            scene.at.node().label()
                + " has no binary log "
                + String.join(", ", gone)
                + " any more, so this backup leads nowhere; go back, and keep binary logs longer");
      }
    }
  }

  /** The fence switches events off: what was before has to be known before. */
  private static void begin(Scene scene, boolean events, boolean fenced) {
    scene.note(
        new Milestone(
            BEGUN,
            scene.at.node().label() + " is about to be stopped",
            Map.of(EVENTS, String.valueOf(events), FENCED, String.valueOf(fenced))));
  }

  /** Once all sessions have ended: one with a temporary table still logs its end. */
  private static void noteEnd(Scene scene) {
    try (UpgradedServer server = scene.server()) {
      InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
      List<String> all = server.logs().stream().map(BinaryLog::name).toList();
      String last = facts.oldLogs().get(facts.oldLogs().size() - 1);
      scene.note(
          new InPlaceFacts.End(
                  server.position(),
                  all.subList(all.indexOf(last) + 1, all.size()),
                  eventsWereOn(scene))
              .milestone(scene.at.node().label()));
    }
  }

  /** Before the first attempt to stop it. */
  static boolean eventsWereOn(Scene scene) {
    return was(scene, EVENTS);
  }

  /** By somebody else, before the first attempt to stop it. */
  static boolean wasFenced(Scene scene) {
    return was(scene, FENCED);
  }

  private static boolean was(Scene scene, String fact) {
    return scene
        .journal()
        .newestMilestone(scene.run(), BEGUN)
        .filter(
            entry ->
                entry.evidence() instanceof Milestone begun
                    && "true".equals(begun.facts().get(fact)))
        .isPresent();
  }
}
