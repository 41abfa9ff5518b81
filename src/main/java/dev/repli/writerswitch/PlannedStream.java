package dev.repli.writerswitch;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Streams nothing, but says what it would do. */
final class PlannedStream implements StandingStream {
  private final BiConsumer<String, String> say;

  /**
   * @param say told a node and what would be done there
   */
  PlannedStream(BiConsumer<String, String> say) {
    this.say = say;
  }

  @Override
  public void start(Plan plan, Position from) {
    say.accept(plan.source().label(), "start Repli's stream from the target's " + from);
  }

  @Override
  public CatchUp waitFor(Plan plan, Position position, Duration atMost) {
    return new CatchUp.Reached(Duration.ZERO);
  }

  @Override
  public void end(Plan plan) {
    say.accept(plan.source().label(), "end Repli's stream");
  }
}
