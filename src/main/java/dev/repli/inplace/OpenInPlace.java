package dev.repli.inplace;

import dev.repli.database.NodeSession;
import dev.repli.inplace.InPlaceFacts.End;
import dev.repli.journal.Evidence.Milestone;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Step 9: it takes writes again, and today's directory is kept for a while. */
final class OpenInPlace implements StepAction {
  static final String OPENED = "IN_PLACE_OPENED";
  private static final Duration KEPT = Duration.ofDays(7);

  @Override
  public InPlaceStep step() {
    return InPlaceStep.OPEN;
  }

  @Override
  public void perform(Scene scene) {
    End end =
        InPlaceFacts.end(scene.journal(), scene.run())
            .orElseThrow(
                () -> new InPlaceException("nobody knows where the upgraded server ended"));
    InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
    boolean opened = scene.journal().newestMilestone(scene.run(), OPENED).isPresent();
    try (NodeSession control = scene.control();
        UpgradedServer server = scene.server()) {
      OtherSide.mustNotWrite(scene);
      if (!opened) {
        check(scene, server, facts, wanted(scene, facts, end));
        note(scene, server.position());
      }
      scene.watch.mine();
      // a Repli that was killed while it wrote the logs again could not do it
      new LargestPacket(scene).asBefore(server);
      open(scene, control, end);
    }
    Traffic.AGAIN.apply(scene);
    ClosedTime.ended(scene);
    scene.files.delete(scene.whole());
  }

  @Override
  public void rehearse(Scene scene) {
    try (NodeSession control = scene.control()) {
      InPlaceFacts.end(scene.journal(), scene.run()).ifPresent(end -> open(scene, control, end));
    }
    Traffic.AGAIN.apply(scene);
    scene.files.delete(scene.whole());
  }

  private static void open(Scene scene, NodeSession control, End end) {
    scene.watch.mine();
    control.open();
    if (end.eventsOn()) {
      control.events(true);
    }
    // last: a file that cannot be written must not keep the applications out
    scene.fence().keep(control, false);
  }

  /** Where it has to stand, by what people chose to lose. */
  private static String wanted(Scene scene, InPlaceFacts facts, End end) {
    return DeltaRest.read(scene.journal(), scene.run())
        .map(DeltaRest::stands)
        .orElseGet(
            () -> DeltaInPlace.givenUp(scene.order) ? recovered(scene, facts) : end.position());
  }

  private static String recovered(Scene scene, InPlaceFacts facts) {
    return RecoveryEnd.read(scene.journal(), scene.run())
        .map(RecoveryEnd::gtid)
        .orElse(facts.upgrade());
  }

  private static void check(Scene scene, UpgradedServer server, InPlaceFacts facts, String wanted) {
    String stands = Gtids.over(facts.start().gtid(), server.position());
    if (!scene.at.isPrevious(server.version()) || !Gtids.same(stands, wanted)) {
      throw new InPlaceException(
          "%s is %s at %s, and has to be %s at %s; it stays closed"
              .formatted(
                  scene.at.node().label(),
                  server.version(),
                  stands,
                  scene.at.previous().version(),
                  wanted));
    }
  }

  /** Written before it is opened: after that its position moves on. */
  private static void note(Scene scene, String position) {
    Instant until = scene.ports.clock.instant().plus(KEPT).truncatedTo(ChronoUnit.SECONDS);
    scene.note(
        new Milestone(
            OPENED,
            "%s takes writes again at %s; the data of before are kept in %s until %s"
                .formatted(scene.at.node().label(), position, scene.kept(), until),
            Map.of(
                "kept",
                scene.kept().toString(),
                "until",
                until.toString(),
                "to",
                scene.at.node().role().name(),
                "version",
                scene.at.previous().version())));
  }
}
