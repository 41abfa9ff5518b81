package dev.repli.writerswitch;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.writerswitch.Carrier.Carriage;
import java.time.Duration;
import java.util.function.Consumer;

/** Carries nothing, but says once what it would have to carry. */
final class PlannedCarriage implements Carriage {
  private final Consumer<Position> say;
  private boolean said;

  PlannedCarriage(Consumer<Position> say) {
    this.say = say;
  }

  @Override
  public CatchUp waitFor(Position position, Duration atMost) {
    if (!said) {
      said = true;
      say.accept(position);
    }
    return new CatchUp.Reached(Duration.ZERO);
  }

  @Override
  public void close() {
    // nothing is under way
  }
}
