package dev.repli.inplace;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Fence;
import dev.repli.host.HostCommand;
import dev.repli.inplace.UpgradedServer.BinaryLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Step 3: no writes any more, then no server any more. */
final class StopInPlace implements StepAction {
  /** From now on an undo has to let the node serve again. */
  static final String BEGUN = "IN_PLACE_STOP_BEGUN";

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
      scene.note(Notes.milestone(BEGUN, scene.at.node().label() + " is about to be stopped"));
      fence(scene);
    } else if (InPlaceFacts.end(scene.journal(), scene.run()).isEmpty()) {
      throw new InPlaceException(
          scene.at.node().label()
              + " does not answer, so nobody knows what it wrote last; start it, then try again");
    }
    Traffic.STOPPED.apply(scene);
    stop(scene);
    if (scene.answers().isPresent()) {
      throw new InPlaceException(
          scene.at.node().label() + " still answers after " + scene.at.machine().stop().get(0));
    }
  }

  @Override
  public void rehearse(Scene scene) {
    fence(scene);
    Traffic.STOPPED.apply(scene);
    stop(scene);
  }

  private static void stop(Scene scene) {
    scene.must(HostCommand.acts(AT_MOST, scene.at.machine().stop()), "stop the server");
  }

  private static void fence(Scene scene) {
    try (NodeSession control = scene.control()) {
      boolean events = control.look().eventsOn() || eventsWereOn(scene);
      scene.watch.mine();
      if (control.fence(LOCK_WAIT) instanceof Fence.Blocked blocked) {
        throw new InPlaceException(
            scene.at.node().label()
                + " cannot be fenced, running writes are in the way: "
                + blocked.blockers().stream()
                    .map(b -> "session " + b.sessionId() + " of " + b.user() + "@" + b.host())
                    .collect(Collectors.joining(", ")));
      }
      boolean unused = control.persistFence(true);
      try (UpgradedServer server = scene.server()) {
        InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
        List<String> all = server.logs().stream().map(BinaryLog::name).toList();
        String last = facts.oldLogs().get(facts.oldLogs().size() - 1);
        scene.note(
            new InPlaceFacts.End(
                    server.position(), all.subList(all.indexOf(last) + 1, all.size()), events)
                .milestone(scene.at.node().label()));
      }
    }
  }

  /** An attempt before this one may have switched them off. */
  private static boolean eventsWereOn(Scene scene) {
    return InPlaceFacts.end(scene.journal(), scene.run())
        .map(InPlaceFacts.End::eventsOn)
        .orElse(false);
  }
}
